/** Commits per second, and how long one takes, against the size of the batch. */
import type { Row } from '../../relay/harness/rounds.ts'
import { tableOf } from '../../relay/harness/table.ts'
import { COMMITS, STORE_NAMES, type StoreName } from '../config.ts'
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
import { STORES } from '../stores/catalog.ts'
import type { Measured } from './part.ts'

/** One line of a table. */
interface Line {
  readonly store: StoreName
  readonly documents: number
  readonly batch: number
}

const COLUMNS: readonly Column[] = [
  figure('commitsPerSecond', 'commits/s', 0),
  figure('updatesPerSecond', 'updates/s', 0),
  figure('p50Ms', 'p50 ms', 2),
  figure('p99Ms', 'p99 ms', 2),
  worst('longestMs', 'longest ms', 1),
  figure('cpuMicrosEach', 'CPU µs/update', 1),
  OTHERS,
]

const LINES: readonly Line[] = COMMITS.documents.flatMap((documents) =>
  COMMITS.batches.flatMap((batch) => STORE_NAMES.map((store) => ({ store, documents, batch }))),
)

export async function measureCommits(options: Options, tell: Tell): Promise<Measured> {
  const cells = LINES.map((line) => cellOf(line, options))
  const rows = await inTurns(cells, options, tell)
  const tables = COMMITS.documents.map((documents) => tableFor(documents, rows))
  const markdown = ['### commits', promises(), ...tables, remarksOf(rows)].join('\n\n')
  return { markdown, rows }
}

function cellOf(line: Line, { data, seconds }: Options): Cell {
  const { store, documents, batch } = line
  return {
    name: `commits of ${batch} over ${documents}, ${store}`,
    measure: (folder) =>
      inFreshProcess({ task: 'commits', data, folder, ...line, seconds: seconds.commits }),
  }
}

function tableFor(documents: number, rows: readonly Row[]): string {
  const lines = LINES.map(({ store, batch, ...line }, index) => ({
    documents: line.documents,
    name: `${batch} × ${store}`,
    row: rows[index]!,
  })).filter((line) => line.documents === documents)
  const where = documents === 1 ? 'Over one document' : `Over ${documents} documents in turns`
  return `${where}, ${COMMITS.shapes} shapes each:\n\n${figureTable('updates × store', lines, COLUMNS)}`
}

/** They do not promise the same. */
function promises(): string {
  const head = [
    { title: 'store', right: false },
    { title: 'when a commit has resolved', right: false },
  ]
  return tableOf(
    head,
    STORE_NAMES.map((name) => [name, STORES[name].promise]),
  )
}
