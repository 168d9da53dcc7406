/** Rows of figures: one for each scenario, variant and peer. */
import type { PeerName, ScenarioName } from '../config.ts'
import { type Figures, medians } from './statistics.ts'

/** Which row of which table. */
export interface RowKey {
  readonly scenario: ScenarioName
  readonly variant: string
  readonly peer: PeerName
}

/** All rounds of one row as one. */
export interface Row extends RowKey {
  /** Medians over the rounds. */
  readonly figures: Figures
  readonly rounds: number
  /** What failed, in words; null where nothing did. */
  readonly problem: string | null
}

export function isSameRow(a: RowKey, b: RowKey): boolean {
  return a.scenario === b.scenario && a.variant === b.variant && a.peer === b.peer
}

/** Gathers figures as they come. */
export class RowBook {
  readonly #entries: { key: RowKey; rounds: Figures[]; problem: string | null }[] = []

  get rows(): Row[] {
    return this.#entries.map(({ key, rounds, problem }) => {
      return { ...key, figures: medians(rounds), rounds: rounds.length, problem }
    })
  }

  /** Every figure of every round. */
  get details(): readonly unknown[] {
    return this.#entries
  }

  add(key: RowKey, figures: Figures): void {
    this.#entry(key).rounds.push(figures)
  }

  fail(key: RowKey, problem: string): void {
    this.#entry(key).problem ??= problem
  }

  /** A row that failed is not tried again. */
  hasFailed(key: RowKey): boolean {
    return this.#entries.some((entry) => entry.problem !== null && isSameRow(entry.key, key))
  }

  #entry(key: RowKey): { rounds: Figures[]; problem: string | null } {
    const found = this.#entries.find((entry) => isSameRow(entry.key, key))
    if (found) return found
    const fresh = { key, rounds: [], problem: null }
    this.#entries.push(fresh)
    return fresh
  }
}
