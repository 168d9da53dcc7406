#!/usr/bin/env node
/** The `kolam` command as a process: its streams, its signals, its exit code. Everything else is in `command/`. */
import { runKolam } from './command/run.ts'

const stop = new AbortController()
process.on('SIGINT', onSignal)
process.on('SIGTERM', onSignal)
// Whoever reads may have seen enough (`kolam list | head`).
process.stdout.on('error', () => process.exit(0))

const code = await runKolam(process.argv.slice(2), {
  env: process.env,
  signal: stop.signal,
  isOutputScreen: process.stdout.isTTY,
  isErrorScreen: process.stderr.isTTY,
  output: (data) => void process.stdout.write(data),
  error: (text) => void process.stderr.write(text),
  now: () => Date.now(),
  handOver: () => {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  },
})
if (code !== null) process.exitCode = code

/** The first signal asks, the second one does not wait. */
function onSignal(): void {
  if (stop.signal.aborted) process.exit(1)
  stop.abort()
}
