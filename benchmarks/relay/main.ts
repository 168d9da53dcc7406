/** The benchmark: command line in, tables out. */
import { RUN, SCENARIOS, SERVER_NAMES } from './config.ts'
import { machineFacts } from './harness/machine.ts'
import { HELP, type Options, readOptions } from './harness/options.ts'
import { type Measured, sectionOf } from './harness/report.ts'
import { keep, rewriteResults } from './harness/results.ts'
import { runScenario } from './harness/run.ts'
import { tableOf } from './harness/table.ts'

try {
  const options = readOptions(process.argv.slice(2))
  if (options) await bench(options)
  else say(HELP)
} catch (error) {
  complain(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

async function bench(options: Options): Promise<void> {
  const machine = machineFacts(options.data)
  const measured: Measured[] = []
  for (const id of options.scenarios) {
    const result = await runScenario(id, options, complain)
    measured.push(result)
    say(`\n${sectionOf(result)}\n\n`)
  }
  const markdown = [factsTable(machine, options), ...measured.map(sectionOf)].join('\n\n')
  complain(`kept as ${keep(markdown, { machine, measured })}\n`)
  if (options.write) rewriteResults(markdown)
}

function factsTable(machine: Record<string, string>, options: Options): string {
  const facts = { command: `\`${commandOf(options)}\``, rounds: String(options.rounds), ...machine }
  const head = [
    { title: 'what', right: false },
    { title: 'value', right: false },
  ]
  return tableOf(head, Object.entries(facts))
}

/** The command with what changes the figures; folders are nobody else's business. */
function commandOf({ scenarios, servers, seconds, rounds }: Options): string {
  const words = [
    scenarios.length < Object.keys(SCENARIOS).length ? `--scenario ${scenarios.join()}` : '',
    servers.length < SERVER_NAMES.length ? `--server ${servers.join()}` : '',
    seconds === null ? '' : `--seconds ${seconds}`,
    rounds === RUN.rounds ? '' : `--rounds ${rounds}`,
  ]
  return ['npx -y pnpm@12 --dir benchmarks/relay bench', ...words.filter((word) => word)].join(' ')
}

function say(words: string): void {
  process.stdout.write(words)
}

/** Progress and complaints, beside the tables. */
function complain(words: string): void {
  process.stderr.write(words)
}
