/** The command line as checked values. */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { COMMITS, type PartName, PARTS, RUN, STALLS } from '../config.ts'

/** What a run is asked for. */
export interface Options {
  readonly parts: readonly PartName[]
  readonly rounds: number
  /** How long commits are measured, one after the other and at their pace. */
  readonly seconds: { readonly commits: number; readonly stalls: number }
  /** Where stores are and updates are kept; should be on a disk. */
  readonly data: string
  /** Whether RESULTS.md is rewritten. */
  readonly write: boolean
}

export const HELP = `pnpm bench [--only a,b] [--rounds n] [--seconds n] [--data folder] [--write]

parts: ${PARTS.join(', ')}
--seconds is the length of each measurement of "commits"; "stalls" take ten times as long.
KOLAM_CHECKOUT=<folder> measures the Kolam of another checkout.
`

const STALL_SECONDS_EACH = 10
const FOLDER = path.resolve(import.meta.dirname, '..')

/** The options; null where help is asked for. Throws an error with a sentence where something is not allowed. */
export function readOptions(words: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: words.filter((word) => word !== '--'),
    options: {
      only: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      data: { type: 'string' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return null
  return {
    parts: values.only === undefined ? PARTS : partsIn(values.only),
    rounds: values.rounds === undefined ? RUN.rounds : wholeNumber('rounds', values.rounds),
    seconds: secondsOf(values.seconds),
    data: path.resolve(FOLDER, values.data ?? '.cache/data'),
    write: values.write,
  }
}

/** The command that leads to these figures; folders are nobody else's business. */
export function commandOf({ parts, rounds, seconds, write }: Options): string {
  const words = [
    parts.length < PARTS.length ? `--only ${parts.join()}` : '',
    rounds === RUN.rounds ? '' : `--rounds ${rounds}`,
    seconds.commits === COMMITS.seconds ? '' : `--seconds ${seconds.commits}`,
    write ? '--write' : '',
  ]
  return ['npx -y pnpm@12 --dir benchmarks/persistence bench', ...words.filter(Boolean)].join(' ')
}

function secondsOf(text: string | undefined): Options['seconds'] {
  if (text === undefined) return { commits: COMMITS.seconds, stalls: STALLS.seconds }
  const commits = wholeNumber('seconds', text)
  return { commits, stalls: commits * STALL_SECONDS_EACH }
}

function partsIn(text: string): PartName[] {
  const names = text.split(',').map((name) => name.trim())
  const strange = names.find((name) => !PARTS.some((part) => part === name))
  if (strange !== undefined) {
    throw new Error(`There is no part "${strange}": there are ${PARTS.join(', ')}`)
  }
  return PARTS.filter((part) => names.includes(part))
}

function wholeNumber(what: string, text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new Error(`--${what} is "${text}": allowed is a whole number above 0`)
}
