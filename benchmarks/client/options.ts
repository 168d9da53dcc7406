/** The command line as checked values. */
import { parseArgs } from 'node:util'

/** What a run is asked for. */
export interface Options {
  readonly tabs: number
  /** Kills for each length of absence. */
  readonly rounds: number
  readonly clients: number
  readonly seed: number
  /** Whether RESULTS.md is rewritten. */
  readonly write: boolean
}

export const HELP = `pnpm bench [--tabs n] [--rounds n] [--clients n] [--seed n] [--write]
`

/** The options; null where help is asked for. Throws an error with a sentence where something is not allowed. */
export function readOptions(words: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: words.filter((word) => word !== '--'),
    options: {
      tabs: { type: 'string', default: '20' },
      rounds: { type: 'string', default: '10' },
      clients: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return null
  return {
    tabs: wholeNumber('tabs', values.tabs),
    rounds: wholeNumber('rounds', values.rounds),
    clients: wholeNumber('clients', values.clients),
    seed: wholeNumber('seed', values.seed),
    write: values.write,
  }
}

/** The command that gives these options. */
export function commandOf({ tabs, rounds, clients, seed }: Options): string {
  const numbers = `--tabs ${tabs} --rounds ${rounds} --clients ${clients} --seed ${seed}`
  return `npx -y pnpm@12 --dir benchmarks/client bench ${numbers}`
}

function wholeNumber(what: string, text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new Error(`--${what} is "${text}": allowed is a whole number above 0`)
}
