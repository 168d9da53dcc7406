/** What it costs to open a document of many updates and have what a joiner can be sent. */
import type { Row } from '../../relay/harness/rounds.ts'
import { HISTORY, OPENINGS, STATE_NAMES, STATES, type StateName } from '../config.ts'
import { type Column, figure, figureTable, OTHERS, remarksOf } from '../harness/figure-table.ts'
import { inFreshProcess } from '../harness/fresh.ts'
import type { Options } from '../harness/options.ts'
import { type Cell, inTurns, type Tell } from '../harness/turns.ts'
import { isDisturbed, type Verdict, verdictTable } from '../harness/verdicts.ts'
import type { Measured } from './part.ts'
import type { Prepared } from './prepared.ts'

const COLUMNS: readonly Column[] = [
  figure('wallMs', 'ms', 1),
  figure('cpuMs', 'CPU ms', 1),
  figure('peakMb', 'peak MB', 1),
  figure('sentKb', 'sent kB', 0),
  OTHERS,
]

const WORDS: Readonly<Record<(typeof OPENINGS.measures)[number], string>> = {
  wallMs: 'time',
  cpuMs: 'CPU',
  peakMb: 'peak memory',
}

export async function measureOpening(
  prepared: Prepared,
  options: Options,
  tell: Tell,
): Promise<Measured> {
  const rows = await inTurns(
    STATE_NAMES.map((state) => cellOf(state, prepared, options)),
    options,
    tell,
  )
  const lines = STATE_NAMES.map((state, index) => ({
    name: STATES[state].title,
    row: rows[index]!,
  }))
  const markdown = [
    '### opening',
    `A board of ${HISTORY.updates.toLocaleString('en')} updates by ${HISTORY.people} people.`,
    figureTable('store', lines, COLUMNS),
    verdictTable(OPENINGS.pairs.flatMap((pair) => verdictsOf(pair, rows))),
    remarksOf(rows),
  ]
  return { markdown: markdown.join('\n\n'), rows }
}

function cellOf(state: StateName, prepared: Prepared, { data }: Options): Cell {
  return {
    name: `opening, ${state}`,
    measure: (folder) => {
      prepared.copy(state, folder)
      return inFreshProcess({ task: 'open', data, folder, state })
    },
  }
}

function verdictsOf([own, peer]: readonly [StateName, StateName], rows: readonly Row[]): Verdict[] {
  const pair = [own, peer].map((state) => rows[STATE_NAMES.indexOf(state)])
  const [mine, theirs] = pair
  const hasFailed = (mine?.problems.length ?? 0) > 0
  return OPENINGS.measures.map((measure) => ({
    target: `${WORDS[measure]}, ${STATES[own].title}: at most ${OPENINGS.shareMax} × ${STATES[peer].title}`,
    value: hasFailed
      ? Number.POSITIVE_INFINITY
      : (mine?.figures[measure] ?? Number.NaN) / (theirs?.figures[measure] ?? Number.NaN),
    atMost: OPENINGS.shareMax,
    unit: '×',
    // Processor time and memory are the process's own, whatever others do.
    isDisturbed: measure === 'wallMs' && isDisturbed(pair),
  }))
}
