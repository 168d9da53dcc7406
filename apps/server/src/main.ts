/** The process: environment in, server up, signals and exit codes. Everything else is elsewhere. */
import { StoreError } from '@kolam/persistence'
import { ConfigError, readConfig } from './config.ts'
import { StartError } from './listen.ts'
import { type RunningServer, startServer } from './server.ts'

/** A drain that takes longer hangs, most likely on the disk. */
const EXIT_MS = 9_500

let server: RunningServer | null = null
let isStopping = false
process.on('SIGTERM', stop)
process.on('SIGINT', stop)

try {
  server = await startServer(readConfig(process.env))
} catch (error) {
  fail(error)
}

/** The first signal drains, the second one does not wait. A server that has not started has nothing to lose. */
function stop(): void {
  if (isStopping) process.exit(1)
  if (!server) process.exit(0)
  isStopping = true
  setTimeout(() => exit(1, 'Cannot stop in time: the disk may hang'), EXIT_MS).unref()
  void server.close().then(() => process.exit(0), fail)
}

/** One sentence for what the person can mend, the whole error for what only we can. */
function fail(error: unknown): never {
  if (error instanceof ConfigError) exit(2, error.problems.join('\n'))
  if (error instanceof StartError || error instanceof StoreError) exit(1, error.message)
  exit(1, error instanceof Error ? (error.stack ?? error.message) : String(error))
}

function exit(code: number, words: string): never {
  process.stderr.write(`${words}\n`)
  process.exit(code)
}
