/** The command line as checked values. */
import { parseArgs } from 'node:util'
import {
  PEER_NAMES,
  type PeerName,
  RUN,
  SCENARIO_NAMES,
  type ScenarioName,
  VARIANTS,
} from '../config.ts'

/** What a run is asked for. */
export interface Options {
  readonly rows: readonly RowName[]
  readonly peers: readonly PeerName[]
  readonly rounds: number
  /** Whether Kolam's web app is built where its sources have changed. */
  readonly build: boolean
  /** Whether RESULTS.md is rewritten. */
  readonly write: boolean
  /** The words it was asked with, to show how a figure came about. */
  readonly words: readonly string[]
}

/** A scenario with one of its variants. */
export interface RowName {
  readonly scenario: ScenarioName
  readonly variant: string
}

export const HELP = `pnpm bench [--only a,b:variant] [--peers a,b] [--rounds n] [--as-built] [--write]

scenarios, with their variants:
${SCENARIO_NAMES.map((name) => `  ${name}: ${VARIANTS[name].join(', ')}`).join('\n')}
peers: ${PEER_NAMES.join(', ')}
--as-built measures apps/web/dist as it is, whatever its sources say by now.
KOLAM_CHECKOUT=<folder> measures the Kolam of another checkout.
`

/** The options; null where help is asked for. Throws an error with a sentence where something is not allowed. */
export function readOptions(given: readonly string[]): Options | null {
  const words = given.filter((word) => word !== '--')
  const { values } = parseArgs({
    args: words,
    options: {
      only: { type: 'string' },
      peers: { type: 'string' },
      rounds: { type: 'string' },
      'as-built': { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return null
  return {
    rows: rowsIn(values.only ?? SCENARIO_NAMES.join()),
    peers: namesIn('peer', values.peers ?? PEER_NAMES.join(), PEER_NAMES),
    rounds: values.rounds === undefined ? RUN.rounds : wholeNumber('rounds', values.rounds),
    build: !values['as-built'],
    write: values.write,
    words,
  }
}

/** The command that leads to these figures. */
export function commandOf({ words }: Options): string {
  return ['npx -y pnpm@12 --dir benchmarks/canvas bench', ...words].join(' ')
}

/** `pan` is all rows of pan, `pan:1000` one of them. */
function rowsIn(text: string): RowName[] {
  const asked = text.split(',').map((one) => one.trim().split(':'))
  for (const [name = '', variant] of asked) {
    const [scenario] = namesIn('scenario', name, SCENARIO_NAMES)
    if (variant !== undefined) namesIn(`variant of ${name}`, variant, VARIANTS[scenario!])
  }
  const isAsked = ({ scenario, variant }: RowName): boolean =>
    asked.some(([name, one]) => name === scenario && (one === undefined || one === variant))
  return SCENARIO_NAMES.flatMap((scenario) =>
    VARIANTS[scenario].map((variant) => ({ scenario, variant })),
  ).filter(isAsked)
}

function namesIn<T extends string>(what: string, text: string, known: readonly T[]): T[] {
  const names = text.split(',').map((name) => name.trim())
  const strange = names.find((name) => !known.some((one) => one === name))
  if (strange !== undefined) {
    throw new Error(`There is no ${what} "${strange}": there are ${known.join(', ')}`)
  }
  return known.filter((one) => names.includes(one))
}

function wholeNumber(what: string, text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new Error(`--${what} is "${text}": allowed is a whole number above 0`)
}
