/** The benchmark: command line in, tables out. Ends with 1 where a server lost what it promises to keep. */
import { hasLost, lineOf } from '../../tests/durability/src/tally.ts'
import type { Subject } from '../../tests/durability/src/subject.ts'
import { trial } from '../../tests/durability/src/trial.ts'
import { commandOf, HELP, type Options, readOptions } from './options.ts'
import { factsTable, keep, resultsTable, type Row } from './results.ts'

// Kolam says a line for everybody who comes and goes; here only what is wrong matters.
process.env['LOG_LEVEL'] ??= 'warn'

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
  const rows: Row[] = []
  for (const subject of options.subjects) rows.push(await rowOf(subject, options))
  const markdown = [facts, resultsTable(rows)].join('\n\n')
  process.stdout.write(`\n${markdown}\n`)
  say(`kept as ${keep(markdown, options)}`)
}

async function rowOf(subject: Subject, options: Options): Promise<Row> {
  const { clients: people, documents, latestMs, seed } = options
  const kills = subject.promises ? options.kills : options.peerKills
  const tally = await trial({ subject, kills, people, documents, latestMs, seed, say })
  say(`${subject.name}, ${kills} kills: ${lineOf(tally)}`)
  if (subject.promises && hasLost(tally)) process.exitCode = 1
  return { name: subject.name, tally }
}

/** Progress, beside the tables. */
function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
