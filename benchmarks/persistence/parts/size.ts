/** How much disk a document takes. */
import { HISTORY, STATE_NAMES, STATES } from '../config.ts'
import { type Column, figure, figureTable, number, remarksOf } from '../harness/figure-table.ts'
import type { Measured } from './part.ts'
import type { Prepared } from './prepared.ts'

const MILLION = 1e6

const COLUMNS: readonly Column[] = [
  figure('diskMb', 'MB on disk', 2),
  {
    title: 'MB per million edits',
    show: ({ figures }) => number(perMillion(figures['diskMb']), 1),
  },
  figure('prepareSeconds', 'made in s', 1),
]

/** The figures are there already: they were taken when the states were made. */
export function showSizes({ sizes }: Prepared): Measured {
  const lines = STATE_NAMES.map((state, index) => ({
    name: STATES[state].title,
    row: sizes[index]!,
  }))
  const markdown = [
    '### size',
    `All files after the store was closed, extrapolated from ${HISTORY.updates.toLocaleString('en')} edits to a million.`,
    figureTable('store', lines, COLUMNS),
    remarksOf(sizes),
  ]
  return { markdown: markdown.join('\n\n'), rows: sizes }
}

function perMillion(forAll = Number.NaN): number {
  return (forAll / HISTORY.updates) * MILLION
}
