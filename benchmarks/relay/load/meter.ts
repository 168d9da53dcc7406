/** Processor time and memory of the server, and of this process beside it, from the moment it is made. */
import { RUN } from '../config.ts'
import { coreSeconds, cpuSeconds, mainThreadSeconds, rssMb, writeCalls } from './process-facts.ts'

/** What was used from the beginning to the reading. */
export interface Reading {
  readonly cpuSeconds: number
  /** How much of it was the first thread's, which runs the JavaScript that serves connections. */
  readonly mainThreadShare: number
  readonly writes: number
  /** Of a core. */
  readonly serverShare: number
  readonly loadShare: number
  /** What others took of the two cores, the worse of the two: the figures are worth less where this is not small. */
  readonly othersShare: number
  /** How long after the last message was sent. */
  readonly drainMs: number
  readonly rssMb: number
}

interface Counters {
  readonly wallMs: number
  readonly server: number
  readonly mainThread: number
  readonly writes: number
  readonly load: number
  readonly serverCore: number
  readonly loadCore: number
}

export class Meter {
  readonly #pid: number
  readonly #start: Counters
  #loadEnd: Counters

  constructor(pid: number) {
    this.#pid = pid
    this.#start = countersOf(pid)
    this.#loadEnd = this.#start
  }

  /** Sending is over; what follows is waiting. */
  stopLoad(): void {
    this.#loadEnd = countersOf(this.#pid)
  }

  read(): Reading {
    const start = this.#start
    const end = countersOf(this.#pid)
    const loading = this.#loadEnd
    const seconds = (end.wallMs - start.wallMs) / 1000
    const server = end.server - start.server
    const load = end.load - start.load
    const others = Math.max(
      end.serverCore - start.serverCore - server,
      end.loadCore - start.loadCore - load,
    )
    return {
      cpuSeconds: server,
      mainThreadShare: (end.mainThread - start.mainThread) / server,
      writes: end.writes - start.writes,
      serverShare: server / seconds,
      loadShare: ((loading.load - start.load) * 1000) / (loading.wallMs - start.wallMs),
      othersShare: Math.max(0, others / seconds),
      drainMs: end.wallMs - loading.wallMs,
      rssMb: rssMb(this.#pid),
    }
  }
}

function countersOf(pid: number): Counters {
  return {
    wallMs: performance.now(),
    server: cpuSeconds(pid),
    mainThread: mainThreadSeconds(pid),
    writes: writeCalls(pid),
    load: cpuSeconds(process.pid),
    serverCore: coreSeconds(RUN.serverCore),
    loadCore: coreSeconds(RUN.loadCore),
  }
}
