/** What was measured at each checkpoint. */
import type { MemorySample } from './memory.ts'
import type { SoakServer, Totals } from './soak-server.ts'

/** One checkpoint that was passed. */
export interface CheckpointRecord extends MemorySample, Totals {
  /** Seconds until all was right. */
  readonly settledIn: number
  /** What took its time, in words. */
  readonly waits: readonly string[]
  readonly connections: number
  readonly rooms: number
}

export class Records {
  readonly #server: SoakServer
  readonly all: CheckpointRecord[] = []

  constructor(server: SoakServer) {
    this.#server = server
  }

  /** Measures now. */
  async add(
    passed: Pick<CheckpointRecord, 'seconds' | 'settledIn' | 'waits'>,
  ): Promise<CheckpointRecord> {
    const { rssMib, heapMib, externalMib, connections, rooms } = await this.#server.metrics()
    const record = {
      ...passed,
      generation: this.#server.generation,
      connections,
      rooms,
      rssMib,
      heapMib,
      externalMib,
      ...(await this.#server.totals()),
    }
    this.all.push(record)
    return record
  }
}
