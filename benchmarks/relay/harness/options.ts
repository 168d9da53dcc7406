/** The command line as checked values. */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { RUN, SCENARIOS, SERVER_NAMES, type ServerName } from '../config.ts'

/** What a run is asked for. */
export interface Options {
  readonly scenarios: readonly string[]
  readonly servers: readonly ServerName[]
  /** How long to measure, instead of what each scenario says. */
  readonly seconds: number | null
  readonly rounds: number
  /** Where servers store and the board is kept; should be on a disk. */
  readonly data: string
  /** Whether RESULTS.md is rewritten. */
  readonly write: boolean
  /** Where processor profiles of the servers go. */
  readonly profile: string | null
}

export const HELP = `pnpm bench [--scenario a,b] [--server a,b] [--seconds n] [--rounds n] [--data folder]
           [--profile folder] [--write]

scenarios: ${Object.keys(SCENARIOS).join(', ')}
servers:   ${SERVER_NAMES.join(', ')}

KOLAM_CHECKOUT=<folder> measures the Kolam of another checkout.
`

const FOLDER = path.resolve(import.meta.dirname, '..')

/** The options; null where help is asked for. Throws an error with a sentence where something is not allowed. */
export function readOptions(words: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: words.filter((word) => word !== '--'),
    options: {
      scenario: { type: 'string' },
      server: { type: 'string' },
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      data: { type: 'string' },
      profile: { type: 'string' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return null
  return {
    scenarios: chosen('scenario', values.scenario, Object.keys(SCENARIOS)),
    servers: chosen('server', values.server, SERVER_NAMES),
    seconds: values.seconds === undefined ? null : wholeNumber('seconds', values.seconds),
    rounds: values.rounds === undefined ? RUN.rounds : wholeNumber('rounds', values.rounds),
    data: path.resolve(FOLDER, values.data ?? '.cache/data'),
    write: values.write,
    profile: values.profile === undefined ? null : path.resolve(FOLDER, values.profile),
  }
}

function chosen<Name extends string>(
  what: string,
  asked: string | undefined,
  allowed: readonly Name[],
): readonly Name[] {
  if (asked === undefined) return allowed
  const names = asked.split(',').map((name) => name.trim())
  const strange = names.find((name) => !allowed.some((known) => known === name))
  if (strange !== undefined) {
    throw new Error(`There is no ${what} "${strange}": there are ${allowed.join(', ')}`)
  }
  return allowed.filter((name) => names.includes(name))
}

function wholeNumber(what: string, text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new Error(`--${what} is "${text}": allowed is a whole number above 0`)
}
