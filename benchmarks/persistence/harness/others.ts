/** How much of the machine somebody else used while this process worked: figures are worth less where it is not small. */
import { cpus } from 'node:os'
import { coreSeconds } from '../../relay/load/process-facts.ts'

/** Runs from its making to its reading. */
export class OthersMeter {
  readonly #start = counters()

  /** Of one core, all cores together; the kernel's own threads count as others. */
  share(): number {
    const end = counters()
    const others = end.cores - this.#start.cores - (end.own - this.#start.own)
    return Math.max(0, others / (end.wall - this.#start.wall))
  }
}

function counters(): { wall: number; cores: number; own: number } {
  const { user, system } = process.cpuUsage()
  const cores = cpus().reduce((sum, _, core) => sum + coreSeconds(core), 0)
  return { wall: performance.now() / 1000, cores, own: (user + system) / 1e6 }
}
