/** Rows of figures as tables, and what a reader must know before believing them. Decides nothing. */
import type { Row } from '../../relay/harness/rounds.ts'
import { type Head, tableOf } from '../../relay/harness/table.ts'
import { RUN } from '../config.ts'

/** One column of numbers. */
export interface Column {
  readonly title: string
  show(row: Row): string
}

/** A measure with so many digits. */
export function figure(measure: string, title: string, digits: number): Column {
  return { title, show: ({ figures }) => number(figures[measure], digits) }
}

/** The largest that any round had of a measure. */
export function worst(measure: string, title: string, digits: number): Column {
  const show = ({ rounds }: Row): string =>
    number(Math.max(...rounds.map((round) => round[measure] ?? Number.NaN)), digits)
  return { title, show }
}

/** What others took of the cores: a hundred percent is one core. */
export const OTHERS: Column = {
  title: 'others',
  show: ({ figures }) => percent(figures['othersShare']),
}

/** Names first, then the columns. */
export function figureTable(
  label: string,
  rows: readonly { readonly name: string; readonly row: Row }[],
  columns: readonly Column[],
): string {
  const head: Head[] = [
    { title: label, right: false },
    ...columns.map(({ title }) => ({ title, right: true })),
  ]
  return tableOf(
    head,
    rows.map(({ name, row }) => [name, ...columns.map((column) => column.show(row))]),
  )
}

/** What failed, and where something else was at work. */
export function remarksOf(rows: readonly Row[]): string {
  const failed = rows.flatMap(({ server, problems }) =>
    problems.map((problem) => `- ${server}: failed: ${problem.split('\n', 1)[0]}`),
  )
  const disturbed = rows.filter(
    ({ figures }) => (figures['othersShare'] ?? 0) > RUN.othersShareMax,
  ).length
  const share = percent(RUN.othersShareMax)
  const words = `- While ${disturbed} of ${rows.length} rows were measured, others (the kernel's own threads among them) took more than ${share} of a core.`
  return [...failed, ...(disturbed > 0 ? [words] : [])].join('\n')
}

export function number(value: number | undefined, digits: number): string {
  if (value === undefined || !Number.isFinite(value)) return '–'
  return value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
}

function percent(value: number | undefined): string {
  return value === undefined ? '–' : `${(value * 100).toFixed(0)} %`
}
