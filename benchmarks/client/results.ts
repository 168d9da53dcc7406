/** A run as Markdown, and where it goes. Decides nothing. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { machineFacts } from '../relay/harness/machine.ts'
import { median } from '../relay/harness/rounds.ts'
import { tableOf } from '../relay/harness/table.ts'
import { SLOT_MS, type Storm } from './storm.ts'
import type { Case } from './storms.ts'
import type { Absence } from './tabs.ts'

const FOLDER = import.meta.dirname
/** By then every tab is to be live again. */
const TARGET_MS = 2_000
/** Attempts that one mark of a chart stands for. */
const MARK = 20

/** The command and the machine, which must be asked before the run. */
export function factsTable(command: string, seed: number): string {
  // Nothing is pinned here.
  const { pinned: _, ...machine } = machineFacts(tmpdir())
  const facts = { command: `\`${command}\``, seed: String(seed), ...machine }
  const head = ['what', 'value'].map((title) => ({ title, right: false }))
  return tableOf(head, Object.entries(facts))
}

/** A row for each length of absence. */
export function tabsTable(rows: readonly Absence[]): string {
  const titles = ['kills', 'gone', 'first back', 'half back', 'all back', 'all back, worst kill']
  return tableOf(
    [{ title: 'started again', right: false }, ...titles.map((title) => ({ title, right: true }))],
    rows.map(({ awayMs, rounds }) => [
      awayMs === 0 ? 'at once' : `after ${seconds(awayMs)}`,
      String(rounds.length),
      seconds(median(rounds.map(({ goneMs }) => goneMs))),
      seconds(median(rounds.map(({ backMs }) => backMs[0]!))),
      seconds(median(rounds.map(({ backMs }) => median(backMs)))),
      seconds(median(rounds.map(({ backMs }) => backMs.at(-1)!))),
      seconds(Math.max(...rounds.map(({ backMs }) => backMs.at(-1)!))),
    ]),
  )
}

/** A row for each length of absence, of which `lastsMs` are in order. */
export function lastsTable(
  rows: readonly { awayMs: number; lastsMs: readonly number[] }[],
): string {
  const titles = ['median', '95 %', 'within 2 s']
  return tableOf(
    ['away', ...titles].map((title) => ({ title, right: true })),
    rows.map(({ awayMs, lastsMs }) => [
      seconds(awayMs),
      seconds(median(lastsMs)),
      seconds(lastsMs[Math.ceil(lastsMs.length * 0.95) - 1]!),
      `${Math.round((100 * lastsMs.filter((ms) => ms < TARGET_MS).length) / lastsMs.length)} %`,
    ]),
  )
}

/** A row for each storm. */
export function stormsTable(rows: readonly { of: Case; storm: Storm }[]): string {
  const titles = [
    'attempts',
    'most in 100 ms',
    'of them served',
    'half back',
    '99 % back',
    'all back',
  ]
  return tableOf(
    [
      { title: 'server', right: false },
      { title: 'waits', right: false },
      ...titles.map((title) => ({ title, right: true })),
    ],
    rows.map(({ of, storm: { attempts, backMs } }) => [
      of.name,
      of.jitter ? 'by lot' : 'not by lot',
      count(attempts.reduce((sum, tried) => sum + tried, 0)),
      count(Math.max(...attempts)),
      count(Math.max(...attempts.slice(Math.floor(of.awayMs / SLOT_MS)))),
      seconds(backMs[Math.floor(backMs.length / 2)]!),
      seconds(backMs[Math.ceil(backMs.length * 0.99) - 1]!),
      seconds(backMs.at(-1)!),
    ]),
  )
}

/** Attempts in each tenth of a second, with the waits drawn by lot and without. */
export function chart(byLot: Storm, notByLot: Storm, awayMs: number): string {
  const slots = Math.max(byLot.attempts.length, notByLot.attempts.length)
  const lines = Array.from({ length: slots }, (_, slot) => {
    const [some, all] = [byLot, notByLot].map(({ attempts }) => attempts[slot] ?? 0)
    const at = ((slot * SLOT_MS) / 1000).toFixed(1).padStart(5)
    const served = slot * SLOT_MS >= awayMs ? 'served' : '      '
    return `${at} ${served} ${bar(some!)}${bar(all!)}`.trimEnd()
  })
  const head = `    s        ${'by lot'.padEnd(WIDTH)}not by lot`
  return ['```', head, ...lines, '```'].join('\n')
}

const WIDTH = 24

function bar(attempts: number): string {
  if (attempts === 0) return ''.padEnd(WIDTH)
  const marks = Math.min(Math.ceil(attempts / MARK), WIDTH * 3)
  return `${'#'.repeat(marks)} ${attempts}`.padEnd(WIDTH)
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

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}

function count(value: number): string {
  return value.toLocaleString('en')
}
