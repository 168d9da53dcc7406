/** The benchmark: command line in, tables out. */
import { commandOf, HELP, type Options, readOptions } from './options.ts'
import { chart, factsTable, keep, lastsTable, stormsTable, tabsTable } from './results.ts'
import { storm } from './storm.ts'
import { CASES, DRAWN, LAST_OF, lastsOf } from './storms.ts'
import { measureTabs } from './tabs.ts'

/** The server is started again at once, and after the client has begun to wait longer. */
const ABSENCES_MS = [0, 5_000]

try {
  const options = readOptions(process.argv.slice(2))
  if (options) await bench(options)
  else process.stdout.write(HELP)
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

async function bench(options: Options): Promise<void> {
  const facts = factsTable(commandOf(options), options.seed)
  const markdown = [facts, await tabsPart(options), lastsPart(options), stormPart(options)].join(
    '\n\n',
  )
  process.stdout.write(`\n${markdown}\n`)
  say(`kept as ${keep(markdown, options)}`)
}

async function tabsPart({ tabs, rounds }: Options): Promise<string> {
  const absences = await measureTabs({ tabs, rounds, absencesMs: ABSENCES_MS }, say)
  return `## ${tabs} tabs of a server that was killed\n\n${tabsTable(absences)}`
}

function lastsPart({ tabs, seed }: Options): string {
  const rows = LAST_OF.absencesMs.map((awayMs) => ({
    awayMs,
    lastsMs: lastsOf(tabs, awayMs, seed),
  }))
  return `## The last of ${tabs} simulated clients, for ${LAST_OF.seeds} seeds\n\n${lastsTable(rows)}`
}

function stormPart({ clients, seed }: Options): string {
  const rows = CASES.map((of) => ({ of, storm: storm({ ...of, clients, seed }) }))
  const [byLot, notByLot] = [true, false].map((jitter) =>
    storm({ ...DRAWN, clients, seed, jitter }),
  )
  return [
    `## ${clients.toLocaleString('en')} simulated clients`,
    stormsTable(rows),
    `Attempts in each tenth of a second, for a server that is killed and ${DRAWN.awayMs / 1000} s away:`,
    chart(byLot!, notByLot!, DRAWN.awayMs),
  ].join('\n\n')
}

/** Progress, beside the tables. */
function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
