/** All cells in all rounds, each in an empty folder. Cells take turns, so that a machine that changes changes for all. */
import { mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { type Row, rowOf } from '../../relay/harness/rounds.ts'
import type { Figures } from './job.ts'
import type { Options } from './options.ts'

/** One thing that is measured. */
export interface Cell {
  readonly name: string
  /** Once, in a folder that is removed afterwards. */
  measure(folder: string): Promise<Figures>
}

/** Told what goes on. */
export type Tell = (words: string) => void

/** One row for each cell: the medians of its rounds, and what failed; a cell that failed is not tried again. */
export async function inTurns(
  cells: readonly Cell[],
  { rounds, data }: Options,
  tell: Tell,
): Promise<Row[]> {
  const measured = cells.map(({ name }) => ({
    name,
    rounds: [] as Figures[],
    problems: [] as string[],
  }))
  for (let round = 1; round <= rounds; round++) {
    for (const [index, cell] of cells.entries()) {
      const { rounds: done, problems } = measured[index]!
      if (problems.length > 0) continue
      tell(`round ${round} of ${rounds}: ${cell.name}\n`)
      await inFolder(data, (folder) => cell.measure(folder)).then(
        (figures) => done.push(figures),
        (error: unknown) => problems.push(wordsOf(error)),
      )
    }
  }
  return measured.map((row) => rowOf(row.name, row.rounds, row.problems))
}

/** Runs something in an empty folder, which is removed whatever happens. */
export async function inFolder<T>(data: string, run: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(data, 'run-'))
  try {
    return await run(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
