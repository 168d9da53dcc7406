/** The command line as checked values. */
import { parseArgs } from 'node:util'
import type { Subject } from '../../tests/durability/src/subject.ts'
import { LATEST_MS } from '../../tests/durability/src/trial.ts'
import { SUBJECTS } from './servers.ts'

/** What a run is asked for. */
export interface Options {
  readonly subjects: readonly Subject[]
  readonly kills: number
  /** Of each server that is not Kolam. */
  readonly peerKills: number
  readonly clients: number
  readonly documents: number
  readonly seed: number
  /** How long people write before the kill, at most. */
  readonly latestMs: number
  /** Whether RESULTS.md is rewritten. */
  readonly write: boolean
}

const NAMES = SUBJECTS.map(({ name }) => name)

export const HELP = `pnpm bench [--kills n] [--peer-kills n] [--latest ms] [--clients n] [--documents n] [--seed n]
           [--server a,b] [--write]

servers: ${NAMES.join(', ')}
`

/** The options; null where help is asked for. Throws an error with a sentence where something is not allowed. */
export function readOptions(words: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: words.filter((word) => word !== '--'),
    options: {
      kills: { type: 'string', default: '200' },
      'peer-kills': { type: 'string' },
      latest: { type: 'string', default: String(LATEST_MS) },
      clients: { type: 'string', default: '50' },
      documents: { type: 'string', default: '5' },
      seed: { type: 'string', default: '1' },
      server: { type: 'string', default: NAMES.join() },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return null
  return {
    subjects: chosen(values.server),
    kills: wholeNumber('kills', values.kills),
    peerKills: wholeNumber('peer-kills', values['peer-kills'] ?? values.kills),
    latestMs: wholeNumber('latest', values.latest),
    clients: wholeNumber('clients', values.clients),
    documents: wholeNumber('documents', values.documents),
    seed: wholeNumber('seed', values.seed),
    write: values.write,
  }
}

/** The command that gives these options. */
export function commandOf(options: Options): string {
  const { kills, peerKills, latestMs, clients, documents, seed, subjects } = options
  return [
    'npx -y pnpm@12 --dir benchmarks/durability bench',
    `--kills ${kills}`,
    ...(peerKills === kills ? [] : [`--peer-kills ${peerKills}`]),
    ...(latestMs === LATEST_MS ? [] : [`--latest ${latestMs}`]),
    `--clients ${clients} --documents ${documents} --seed ${seed}`,
    ...(subjects.length === SUBJECTS.length
      ? []
      : [`--server ${subjects.map(({ name }) => name).join()}`]),
  ].join(' ')
}

function chosen(asked: string): readonly Subject[] {
  const names = asked.split(',').map((name) => name.trim())
  const strange = names.find((name) => !NAMES.includes(name))
  if (strange !== undefined) {
    throw new Error(`There is no server "${strange}": there are ${NAMES.join(', ')}`)
  }
  return SUBJECTS.filter(({ name }) => names.includes(name))
}

function wholeNumber(what: string, text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new Error(`--${what} is "${text}": allowed is a whole number above 0`)
}
