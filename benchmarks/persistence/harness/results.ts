/** RESULTS.md: each part is rewritten by the run that measured it, so that a short run leaves the others alone. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const FOLDER = path.resolve(import.meta.dirname, '..')
const RESULTS = path.join(FOLDER, 'RESULTS.md')

/** Puts a part between its markers and leaves everything around them alone. */
export function rewriteResults(part: string, markdown: string): void {
  const text = readFileSync(RESULTS, 'utf8')
  const [begin, end] = [`<!-- begin: ${part} -->`, `<!-- end: ${part} -->`]
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`RESULTS.md must hold "${begin}" and "${end}"`)
  const whole = `${text.slice(0, from + begin.length)}\n\n${markdown.trim()}\n\n${text.slice(to)}`
  writeFileSync(RESULTS, whole)
}

/** Keeps a run with all figures of all rounds; returns where, below the folder of the benchmark. */
export function keep(run: unknown): string {
  const folder = path.join(FOLDER, '.cache/results')
  mkdirSync(folder, { recursive: true })
  const name = `${new Date().toISOString().replaceAll(/[:.]/g, '-')}.json`
  writeFileSync(path.join(folder, name), `${JSON.stringify(run, null, 2)}\n`)
  return `.cache/results/${name}`
}
