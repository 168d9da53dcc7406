/** A scenario's rows and verdicts as Markdown. Decides nothing. */
import { RUN, type Scenario } from '../config.ts'
import { type Column, COLUMNS, wordsOf } from './columns.ts'
import { type Row, spread } from './rounds.ts'
import { type Head, tableOf } from './table.ts'
import { type Verdict, verdictsOf } from './verdicts.ts'

/** What was measured in one scenario. */
export interface Measured {
  readonly id: string
  readonly scenario: Scenario
  readonly rows: readonly Row[]
}

/** The section of one scenario. */
export function sectionOf({ id, scenario, rows }: Measured): string {
  const verdicts = verdictsOf(rows, scenario.targets)
  return [
    `### ${id}`,
    `${scenario.title}.`,
    figureTable(scenario, rows),
    verdicts.length > 0 ? verdictTable(verdicts) : '',
    remarksOf(rows).join('\n'),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function figureTable({ body }: Scenario, rows: readonly Row[]): string {
  const [first, ...others] = COLUMNS[body.kind]
  if (!first) return ''
  const own = rows.find(({ server }) => server === 'kolam')?.figures[first.measure]
  const head: Head[] = [
    { title: 'server', right: false },
    ...[first.title, 'Kolam is', 'spread', ...others.map(({ title }) => title)].map((title) => ({
      title,
      right: true,
    })),
  ]
  const cells = rows.map((row) => [
    row.server,
    show(row.figures[first.measure], first),
    own === undefined ? '' : times(own / (row.figures[first.measure] ?? Number.NaN)),
    row.rounds.length > 1 ? percent(spread(row, first.measure), 0) : '',
    ...others.map((column) => show(row.figures[column.measure], column)),
  ])
  return tableOf(head, cells)
}

function verdictTable(verdicts: readonly Verdict[]): string {
  const head = [
    { title: 'target', right: false },
    { title: 'measured', right: true },
    { title: '', right: false },
  ]
  return tableOf(
    head,
    verdicts.map((verdict) => [goalOf(verdict), valueOf(verdict), markOf(verdict)]),
  )
}

function goalOf({ target, against }: Verdict): string {
  const what = wordsOf(target.measure)
  if (!target.timesBestOf) return `${what} at most ${target.atMost}`
  const isBest = target.timesBestOf.length > 1
  const whom = isBest ? `the best peer${against ? ` (${against})` : ''}` : target.timesBestOf[0]
  return `${what} at most ${target.atMost} × ${whom}`
}

function valueOf({ target, value }: Verdict): string {
  if (Number.isNaN(value)) return '–'
  if (target.timesBestOf) return times(value)
  return Number.isInteger(value) ? String(value) : value.toFixed(2)
}

function markOf({ met }: Verdict): string {
  if (met === null) return 'not measured'
  return met ? 'met' : '**missed**'
}

/** What a reader must know before believing a row. */
function remarksOf(rows: readonly Row[]): string[] {
  return rows.flatMap(({ server, problems, figures }) => {
    const { undelivered = 0, loadShare = 0, othersShare = 0 } = figures
    return [
      ...problems.map((problem) => `failed: ${problem.split('\n', 1)[0]}`),
      ...(undelivered > 0 ? ['did not deliver everything.'] : []),
      ...(loadShare > RUN.loadShareMax
        ? [`the load used ${percent(loadShare, 0)} of its core and may have been the bottleneck.`]
        : []),
      ...(othersShare > RUN.othersShareMax
        ? [`something else on the machine took ${percent(othersShare, 0)} of a core.`]
        : []),
    ].map((remark) => `- ${server}: ${remark}`)
  })
}

function show(value: number | undefined, { digits, share }: Column): string {
  if (value === undefined || Number.isNaN(value)) return '–'
  return share ? percent(value, digits) : value.toFixed(digits)
}

function percent(value: number | undefined, digits: number): string {
  return `${((value ?? Number.NaN) * 100).toFixed(digits)} %`
}

function times(value: number): string {
  return Number.isNaN(value) ? '–' : `${value.toFixed(2)} ×`
}
