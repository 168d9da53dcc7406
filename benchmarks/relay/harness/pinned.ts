/** Commands on one core each, so that the server and the load do not take each other's time. */
import { spawnSync } from 'node:child_process'
import { cpus } from 'node:os'

/** Whether there are two cores, and a way to stay on one. */
export const CAN_PIN = cpus().length > 1 && spawnSync('taskset', ['--version']).status === 0

/** The command on this core. `taskset` becomes the command, so that the process id is the command's. */
export function pinned(core: number, command: readonly string[]): string[] {
  return CAN_PIN ? ['taskset', '-c', String(core), ...command] : [...command]
}
