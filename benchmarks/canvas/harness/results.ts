/**
 * RESULTS.md, made of `results.json`: each row stays as the run that measured it left it, so that a short run leaves the
 * others alone.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { tableOf } from '../../relay/harness/table.ts'
import { reportOf } from './report.ts'
import { isSameRow, type Row } from './rows.ts'

const FOLDER = path.resolve(import.meta.dirname, '..')
const DATA = path.join(FOLDER, 'results.json')
const RESULTS = path.join(FOLDER, 'RESULTS.md')

/** When, how and on what something was measured, by name. */
export type RunFacts = Readonly<Record<string, string>>

/** A row as it is kept: with the number of its run, from 0 on. */
export interface KeptRow extends Row {
  readonly run: number
}

export interface Kept {
  readonly runs: readonly RunFacts[]
  readonly rows: readonly KeptRow[]
}

/** What is kept with these rows in place of older ones; runs nobody refers to any more are left out. */
export function merged(kept: Kept, rows: readonly Row[], facts: RunFacts): Kept {
  const isOld = (row: Row): boolean => !rows.some((fresh) => isSameRow(fresh, row))
  const known = kept.runs.findIndex((one) => JSON.stringify(one) === JSON.stringify(facts))
  const run = known < 0 ? kept.runs.length : known
  const all = [...kept.rows.filter(isOld), ...rows.map((row) => ({ ...row, run }))]
  const used = [...new Set(all.map((row) => row.run))].sort((a, b) => a - b)
  const runs = [...kept.runs, facts]
  return {
    runs: used.map((number) => runs[number]!),
    rows: all.map((row) => ({ ...row, run: used.indexOf(row.run) })),
  }
}

/** Rewrites both files. */
export function writeResults(rows: readonly Row[], facts: RunFacts): void {
  const before: Kept = existsSync(DATA)
    ? (JSON.parse(readFileSync(DATA, 'utf8')) as Kept)
    : { runs: [], rows: [] }
  const kept = merged(before, rows, facts)
  writeFileSync(DATA, `${JSON.stringify(kept, null, 2)}\n`)
  writeFileSync(RESULTS, textOf(kept))
}

function textOf({ runs, rows }: Kept): string {
  const names = [...new Set(runs.flatMap((run) => Object.keys(run)))]
  const head = [
    { title: 'run', right: false },
    ...runs.map((_, number) => ({ title: String(number + 1), right: false })),
  ]
  const cells = names.map((name) => [name, ...runs.map((run) => run[name] ?? '–')])
  const intro = [
    'What these tables count, and how, is in [README.md](README.md). Each row says which run measured it; `pnpm bench --write`',
    'replaces those it measured, here and in `results.json`.',
  ].join('\n')
  const shown = rows.map((row) => ({ ...row, run: row.run + 1 }))
  return `${['# Results', intro, reportOf(shown), '### Runs', tableOf(head, cells)].join('\n\n')}\n`
}

/** Keeps a run with all figures of all rounds; returns where, below the folder of the benchmark. */
export function keep(run: unknown): string {
  const folder = path.join(FOLDER, '.cache/results')
  mkdirSync(folder, { recursive: true })
  const name = `${new Date().toISOString().replaceAll(/[:.]/g, '-')}.json`
  writeFileSync(path.join(folder, name), `${JSON.stringify(run, null, 2)}\n`)
  return `.cache/results/${name}`
}
