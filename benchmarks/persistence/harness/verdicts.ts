/** Whether Kolam reached what it must. */
import type { Row } from '../../relay/harness/rounds.ts'
import { tableOf } from '../../relay/harness/table.ts'
import { RUN } from '../config.ts'
import { number } from './figure-table.ts'

/** A target and what was measured: met where that is at most so much. */
export interface Verdict {
  readonly target: string
  /** Without end where Kolam itself failed. */
  readonly value: number
  readonly atMost: number
  /** What the number is of, `×` or `ms`. */
  readonly unit: string
  /** Somebody else used so much of the machine meanwhile that neither can be said. */
  readonly isDisturbed: boolean
}

/** Met, missed, or neither: where something of it is missing, or the machine was busy. */
export function markOf({ value, atMost, isDisturbed }: Verdict): string {
  if (Number.isNaN(value)) return 'not measured'
  if (value === Number.POSITIVE_INFINITY) return '**missed**: it failed'
  if (isDisturbed) return 'not judged: the machine was busy'
  return value <= atMost ? 'met' : '**missed**'
}

export function verdictTable(verdicts: readonly Verdict[]): string {
  const head = [
    { title: 'target', right: false },
    { title: 'measured', right: true },
    { title: '', right: false },
  ]
  return tableOf(
    head,
    verdicts.map((verdict) => [
      verdict.target,
      Number.isFinite(verdict.value) ? `${number(verdict.value, 2)} ${verdict.unit}` : '–',
      markOf(verdict),
    ]),
  )
}

/** Whether durations of any of these rows are worth nothing. */
export function isDisturbed(rows: readonly (Row | undefined)[]): boolean {
  return rows.some((row) => (row?.figures['othersShare'] ?? 0) > RUN.othersShareMax)
}
