/** What a subcommand is: its words for the help, its options, and what it does. Parses and prints nothing itself. */
import type { LongWork } from '@kolam/persistence/sqlite'

/** An option of a subcommand. */
export interface Option {
  readonly help: string
  /** The name of its value in the help; an option without one is a switch. */
  readonly value?: string
  readonly short?: string
}

/** The options by their long names. */
export type Options = Readonly<Record<string, Option>>

/** What a call gave for each option; a switch that is on is `true`. */
export type Flags = Readonly<Record<string, string | boolean | undefined>>

/** One call of a subcommand. */
export interface Call {
  readonly operands: readonly string[]
  readonly flags: Flags
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether standard output is a screen. */
  readonly isScreen: boolean
  readonly work: LongWork
  /** The time, in milliseconds since the epoch. */
  now(): number
}

/**
 * What a call came to. `said`: words for people, data for programs; not `ok` where something is wrong with the data.
 * `bytes`: for standard output as they are. `serving`: it goes on until a signal.
 */
export type Outcome =
  | { readonly kind: 'said'; readonly ok: boolean; readonly data: object; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'serving' }

/** A subcommand. */
export interface Command {
  readonly name: string
  /** As the help shows them; `[id]` may be left out. */
  readonly operands: readonly string[]
  readonly summary: string
  /** What else somebody should know, one paragraph each. */
  readonly notes: readonly string[]
  readonly options: Options
  run(call: Call): Promise<Outcome>
}

/** A call that went well. */
export function said(text: string, data: object): Outcome {
  return { kind: 'said', ok: true, data, text }
}

/** Where the data lies; for every subcommand that reads or writes it. */
export const DATA_OPTION = {
  data: { value: 'folder', help: 'the data folder, instead of KOLAM_DATA (or ./data)' },
} as const satisfies Options

/** For every subcommand that tells something. */
export const OUTPUT_OPTIONS = {
  json: { help: 'print one JSON object instead of words' },
  quiet: { short: 'q', help: 'show no progress' },
} as const satisfies Options
