/** The benchmark: command line in, tables out. */
import { bench } from './harness/bench.ts'
import { HELP, readOptions } from './harness/options.ts'

try {
  const options = readOptions(process.argv.slice(2))
  if (options) await bench(options)
  else process.stdout.write(HELP)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
