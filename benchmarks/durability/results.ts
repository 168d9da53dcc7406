/** A run as Markdown, and where it goes. Decides nothing. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Tally } from '../../tests/durability/src/tally.ts'
import { machineFacts } from '../relay/harness/machine.ts'
import { type Head, tableOf } from '../relay/harness/table.ts'

/** What came of one server. */
export interface Row {
  readonly name: string
  readonly tally: Tally
}

const FOLDER = import.meta.dirname

const COLUMNS: readonly { title: string; cell: (tally: Tally) => string }[] = [
  { title: 'kills', cell: ({ kills }) => count(kills) },
  { title: 'that lost something', cell: ({ losingKills }) => count(losingKills) },
  { title: 'edits', cell: ({ edits }) => count(edits) },
  { title: 'called saved', cell: ({ saved }) => (saved === 0 ? '–' : count(saved)) },
  { title: 'of these lost', cell: ({ saved, lostSaved }) => lostOf(saved, lostSaved) },
  { title: 'seen by others', cell: ({ seen }) => count(seen) },
  { title: 'of these lost', cell: ({ seen, lostSeen }) => lostOf(seen, lostSeen) },
  { title: 'documents read', cell: ({ documents }) => count(documents) },
  { title: 'not equal', cell: ({ unequal }) => count(unequal) },
]

/** The results of a run, a row for each server. */
export function resultsTable(rows: readonly Row[]): string {
  const head: Head[] = [
    { title: 'server', right: false },
    ...COLUMNS.map(({ title }) => ({ title, right: true })),
  ]
  return tableOf(
    head,
    rows.map(({ name, tally }) => [name, ...COLUMNS.map(({ cell }) => cell(tally))]),
  )
}

/** The command and the machine, which must be asked before the run. */
export function factsTable(command: string, seed: number): string {
  // Nothing is pinned here.
  const { pinned: _, ...machine } = machineFacts(tmpdir())
  const facts = { command: `\`${command}\``, seed: String(seed), ...machine }
  const head = ['what', 'value'].map((title) => ({ title, right: false }))
  return tableOf(head, Object.entries(facts))
}

/** Keeps a run, and makes it RESULTS.md where that is asked for; returns where it was kept. */
export function keep(markdown: string, { write }: { write: boolean }): string {
  const folder = path.join(FOLDER, '.cache/results')
  mkdirSync(folder, { recursive: true })
  const text = `# Results\n\nWhat these tables count, and how, is in [README.md](README.md).\n\n${markdown}\n`
  const file = path.join(folder, `${new Date().toISOString().replaceAll(/[:.]/g, '-')}.md`)
  writeFileSync(file, text)
  if (write) writeFileSync(path.join(FOLDER, 'RESULTS.md'), text)
  return path.relative(FOLDER, file)
}

function lostOf(told: number, lost: number): string {
  return told === 0 ? '–' : `**${count(lost)}**`
}

function count(value: number): string {
  return value.toLocaleString('en')
}
