/** The longest commit at a steady pace, with compactions and checkpoints and without. */
import { pathToFileURL } from 'node:url'
import path from 'node:path'
import type { Row } from '../../relay/harness/rounds.ts'
import { STALL_CASES, STALL_NAMES, type StallName, STALLS } from '../config.ts'
import {
  type Column,
  figure,
  figureTable,
  OTHERS,
  remarksOf,
  worst,
} from '../harness/figure-table.ts'
import { inFreshProcess } from '../harness/fresh.ts'
import type { Options } from '../harness/options.ts'
import { type Cell, inTurns, type Tell } from '../harness/turns.ts'
import { isDisturbed, type Verdict, verdictTable } from '../harness/verdicts.ts'
import { SKIP_CHECKPOINTS } from '../jobs/store-work.ts'
import type { Measured } from './part.ts'

const WATCH = pathToFileURL(path.resolve(import.meta.dirname, '../jobs/store-watch.ts')).href

const COLUMNS: readonly Column[] = [
  figure('p50Ms', 'p50 ms', 2),
  figure('p99Ms', 'p99 ms', 2),
  figure('longestMs', 'longest ms', 1),
  worst('longestMs', 'in the worst round', 1),
  figure('overFewMs', `over ${STALLS.fewMs} ms`, 0),
  figure('commits', 'commits', 0),
  figure('transactionCpuMs', 'longest transaction, CPU ms', 1),
  figure('checkpointCpuMs', 'longest checkpoint, CPU ms', 1),
  figure('compactions', 'compactions', 0),
  figure('compactionMs', 'longest compaction ms', 1),
  figure('checkpoints', 'checkpoints', 0),
  figure('walMb', 'WAL MB', 1),
  figure('lateMs', 'caller late ms', 1),
  OTHERS,
]

export async function measureStalls(options: Options, tell: Tell): Promise<Measured> {
  const rows = await inTurns(
    STALL_NAMES.map((name) => cellOf(name, options)),
    options,
    tell,
  )
  const lines = STALL_NAMES.map((name, index) => ({
    name: STALL_CASES[name].title,
    row: rows[index]!,
  }))
  const { everyMs, updates, boards } = STALLS
  const pace = `Kolam; a commit every ${everyMs} ms, ${updates} updates over as many of ${boards} boards, for ${options.seconds.stalls} s.`
  const markdown = [
    '### stalls',
    pace,
    figureTable('beside the commits', lines, COLUMNS),
    verdictTable(STALL_NAMES.slice(1).flatMap((name) => verdictsOf(name, rows))),
    remarksOf(rows),
  ]
  return { markdown: markdown.join('\n\n'), rows }
}

function cellOf(stall: StallName, { data, seconds }: Options): Cell {
  const env = { [SKIP_CHECKPOINTS]: STALL_CASES[stall].checkpoints ? '0' : '1' }
  return {
    name: `stalls, ${stall}`,
    measure: (folder) =>
      inFreshProcess(
        { task: 'stalls', data, folder, stall, seconds: seconds.stalls },
        { preload: WATCH, env },
      ),
  }
}

/** What a caller saw, and what the store's thread did, which a busy machine changes less. */
function verdictsOf(name: StallName, rows: readonly Row[]): Verdict[] {
  const rowOf = (stall: StallName): Row | undefined => rows[STALL_NAMES.indexOf(stall)]
  const of = (stall: StallName, measure: string): number =>
    rowOf(stall)?.figures[measure] ?? Number.NaN
  const limit = { atMost: STALLS.fewMs, unit: 'ms' }
  const { title } = STALL_CASES[name]
  return [
    {
      target: `longest commit, ${title}: at most ${STALLS.fewMs} ms longer than with neither`,
      value: of(name, 'longestMs') - of('neither', 'longestMs'),
      isDisturbed: isDisturbed([rowOf(name), rowOf('neither')]),
      ...limit,
    },
    {
      target: `longest piece of work of the store's thread, ${title}: at most ${STALLS.fewMs} ms of CPU`,
      value: Math.max(of(name, 'transactionCpuMs'), of(name, 'checkpointCpuMs')),
      isDisturbed: false,
      ...limit,
    },
  ]
}
