/** The benchmark: command line in, tables out. */
import { mkdirSync } from 'node:fs'
import { machineFacts } from '../relay/harness/machine.ts'
import { tableOf } from '../relay/harness/table.ts'
import type { PartName } from './config.ts'
import { historyFacts } from './data/files.ts'
import { inFreshProcess } from './harness/fresh.ts'
import { commandOf, HELP, type Options, readOptions } from './harness/options.ts'
import { keep, rewriteResults } from './harness/results.ts'
import { measureCommits } from './parts/commits.ts'
import { measureOpening } from './parts/opening.ts'
import type { Measured } from './parts/part.ts'
import { Prepared } from './parts/prepared.ts'
import { showSizes } from './parts/size.ts'
import { measureStalls } from './parts/stalls.ts'

try {
  const options = readOptions(process.argv.slice(2))
  if (options) await bench(options)
  else say(HELP)
} catch (error) {
  complain(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

async function bench(options: Options): Promise<void> {
  mkdirSync(options.data, { recursive: true })
  const machine = factsOf(options)
  complain('the updates, unless they are there\n')
  await inFreshProcess({ task: 'files', data: options.data })
  const facts = factsTable({ ...machine, history: historyFacts(options.data) })
  const measured: Partial<Record<PartName, Measured>> = {}
  for await (const [part, result] of measureAll(options)) {
    measured[part] = result
    say(`\n${result.markdown}\n\n`)
    if (options.write) rewriteResults(part, `${result.markdown}\n\n${facts}`)
  }
  complain(`kept as ${keep({ machine, measured })}\n`)
}

/** Opening and size stand on the same states, which are made once. */
async function* measureAll(options: Options): AsyncGenerator<[PartName, Measured]> {
  const wants = (part: PartName): boolean => options.parts.includes(part)
  if (wants('commits')) yield ['commits', await measureCommits(options, complain)]
  if (wants('stalls')) yield ['stalls', await measureStalls(options, complain)]
  if (!wants('opening') && !wants('size')) return
  const prepared = await Prepared.make(options, complain)
  try {
    if (wants('size')) yield ['size', showSizes(prepared)]
    if (wants('opening')) yield ['opening', await measureOpening(prepared, options, complain)]
  } finally {
    prepared.remove()
  }
}

/** Each part says under which circumstances it was measured, since parts may be of different runs. */
function factsOf(options: Options): Record<string, string> {
  return {
    command: `\`${commandOf(options)}\``,
    date: `${new Date().toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    rounds: String(options.rounds),
    ...machineFacts(options.data),
    pinned: 'nothing: each measurement has the whole machine',
  }
}

function factsTable(facts: Record<string, string>): string {
  const head = [
    { title: 'what', right: false },
    { title: 'value', right: false },
  ]
  return tableOf(head, Object.entries(facts))
}

function say(words: string): void {
  process.stdout.write(words)
}

/** Progress and complaints, beside the tables. */
function complain(words: string): void {
  process.stderr.write(words)
}
