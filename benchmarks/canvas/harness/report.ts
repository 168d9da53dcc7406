/** Rows as tables. Decides nothing. */
import { number } from '../../persistence/harness/figure-table.ts'
import { type Head, tableOf } from '../../relay/harness/table.ts'
import { PEER_NAMES, RUN, SCENARIO_NAMES, type ScenarioName, VARIANTS } from '../config.ts'
import { SHOWN } from './columns.ts'
import { isSameRow, type Row } from './rows.ts'
import { markOf, verdictsOf } from './verdicts.ts'

/** A row with the run it comes from, where that is told. */
export type ShownRow = Row & { readonly run?: number }

/** Every scenario that has rows, then the targets. */
export function reportOf(rows: readonly ShownRow[]): string {
  const parts = SCENARIO_NAMES.flatMap((scenario) => {
    const own = sorted(rows.filter((row) => row.scenario === scenario))
    return own.length === 0 ? [] : [scenarioText(scenario, own)]
  })
  return [...parts, targetsText(rows), disturbanceText(rows)].filter(Boolean).join('\n\n')
}

function sorted(rows: readonly ShownRow[]): ShownRow[] {
  const place = ({ scenario, variant, peer }: Row): number =>
    VARIANTS[scenario].indexOf(variant) * PEER_NAMES.length + PEER_NAMES.indexOf(peer)
  return rows.toSorted((a, b) => place(a) - place(b))
}

function scenarioText(scenario: ScenarioName, rows: readonly ShownRow[]): string {
  const { title, columns, ratio } = SHOWN[scenario]
  const hasRuns = rows.some(({ run }) => run !== undefined)
  const head: Head[] = [
    { title: 'row', right: false },
    ...columns.map((column) => ({ title: column.title, right: true })),
    { title: '÷ Excalidraw', right: true },
    ...(hasRuns ? [{ title: 'run', right: true }] : []),
  ]
  const cells = rows.map((row) => [
    `${variantText(row.variant)} × ${row.peer}`,
    ...columns.map(({ measure, digits }) => number(row.figures[measure], digits)),
    number(ratioOf(row, rows, ratio), 2),
    ...(hasRuns ? [String(row.run ?? '')] : []),
  ])
  const ratioTitle = columns.find(({ measure }) => measure === ratio)?.title
  const note = `The last figures are shares of Excalidraw's "${ratioTitle}".`
  return [
    `### ${scenario}: ${title}`,
    tableOf(head, cells),
    [note, ...failures(rows)].join('\n'),
  ].join('\n\n')
}

function ratioOf(row: Row, rows: readonly Row[], measure: string): number {
  const whole = rows.find((other) => isSameRow(other, { ...row, peer: 'excalidraw' }))
  return (row.figures[measure] ?? Number.NaN) / (whole?.figures[measure] ?? Number.NaN)
}

function variantText(variant: string): string {
  return /^\d+$/.test(variant) ? Number(variant).toLocaleString('en') : variant
}

function failures(rows: readonly Row[]): string[] {
  const failed = rows.filter(({ problem }) => problem !== null)
  const lines = failed.map((row) => `- ${variantText(row.variant)} × ${row.peer}: ${row.problem}`)
  return lines.length === 0 ? [] : ['', ...lines]
}

function targetsText(rows: readonly Row[]): string {
  const verdicts = verdictsOf(rows)
  if (verdicts.length === 0) return ''
  const head = [
    { title: 'target', right: false },
    { title: 'limit', right: true },
    { title: 'measured', right: true },
    { title: '', right: false },
  ]
  const cells = verdicts.map((verdict) => [
    verdict.target,
    `${verdict.atLeast ? '≥' : '≤'} ${number(verdict.limit, digitsOf(verdict.limit))} ${verdict.unit}`,
    Number.isNaN(verdict.value) ? '–' : `${number(verdict.value, 2)} ${verdict.unit}`,
    markOf(verdict),
  ])
  return `### Targets\n\n${tableOf(head, cells)}`
}

function digitsOf(limit: number): number {
  return Number.isInteger(limit) ? 0 : 2
}

function disturbanceText(rows: readonly Row[]): string {
  const measured = rows.filter(({ figures }) => figures['othersShare'] !== undefined)
  const busy = measured.filter(({ figures }) => figures['othersShare']! > RUN.othersShareMax)
  if (busy.length === 0) return ''
  return `While ${busy.length} of ${measured.length} rows were measured, others took more than ${RUN.othersShareMax * 100} % of a core.`
}
