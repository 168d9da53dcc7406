/** Where results go: every figure as JSON, the tables as Markdown, and RESULTS.md where it is asked for. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Measured } from './report.ts'

const FOLDER = path.resolve(import.meta.dirname, '..')
const RESULTS = path.join(FOLDER, 'RESULTS.md')
const BEGIN = '<!-- begin: written by `pnpm bench --write` -->'
const END = '<!-- end -->'

/** Keeps a run; returns where, below the folder of the benchmark. */
export function keep(
  markdown: string,
  run: { machine: Record<string, string>; measured: readonly Measured[] },
): string {
  const folder = path.join(FOLDER, '.cache/results')
  mkdirSync(folder, { recursive: true })
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-')
  const name = path.join(folder, stamp)
  const cells = run.measured.map(({ id, scenario, rows }) => ({ id, body: scenario.body, rows }))
  writeFileSync(`${name}.json`, `${JSON.stringify({ machine: run.machine, cells }, null, 2)}\n`)
  writeFileSync(`${name}.md`, markdown)
  return `.cache/results/${stamp}.{json,md}`
}

/** Puts the tables between the markers of RESULTS.md and leaves the words around them alone. */
export function rewriteResults(markdown: string): void {
  const text = readFileSync(RESULTS, 'utf8')
  const begin = text.indexOf(BEGIN)
  const end = text.indexOf(END)
  if (begin < 0 || end < begin) throw new Error(`RESULTS.md must hold "${BEGIN}" and "${END}"`)
  writeFileSync(
    RESULTS,
    `${text.slice(0, begin + BEGIN.length)}\n\n${markdown.trim()}\n\n${text.slice(end)}`,
  )
}
