/** What each part gives: its rows, and these as Markdown. */
import type { Row } from '../../relay/harness/rounds.ts'
import type { Options } from '../harness/options.ts'
import type { Tell } from '../harness/turns.ts'

export interface Measured {
  readonly markdown: string
  readonly rows: readonly Row[]
}

/** Measures and shows. */
export type Part = (options: Options, tell: Tell) => Promise<Measured>
