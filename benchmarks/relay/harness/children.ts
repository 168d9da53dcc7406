/** Every process the benchmark starts, so that none of them outlives it. */
import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process'

const alive = new Set<ChildProcess>()

/** Starts a command that ends with this process at the latest. */
export function start(command: readonly string[], options: SpawnOptions): ChildProcess {
  const [name = '', ...words] = command
  const child = spawn(name, words, options)
  alive.add(child)
  child.once('exit', () => alive.delete(child))
  child.once('error', () => alive.delete(child))
  return child
}

process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
})
process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))
