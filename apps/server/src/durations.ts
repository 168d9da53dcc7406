/** How long commits and fan-outs take, as histograms. Measures nothing itself: the relay does, with this clock. */
import type { Meter } from '@kolam/relay'
import { Histogram, type Registry } from 'prom-client'

/** From a fast disk's commit to one that people notice. In seconds. */
const COMMIT_BUCKETS = [0.0005, 0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.5, 2, 10]

/** One flush of one room: some microseconds for each peer. In seconds. */
const FAN_OUT_BUCKETS = [0.00005, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.2]

/** Up to the updates that a busy server gathers while the disk works. */
const BATCH_BUCKETS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]

/** The histograms of one relay. */
export class Durations implements Meter {
  readonly #commits = new Histogram({
    name: 'kolam_commit_duration_seconds',
    help: 'How long the store took for a commit',
    buckets: COMMIT_BUCKETS,
    registers: [],
  })
  readonly #batches = new Histogram({
    name: 'kolam_commit_updates',
    help: 'Updates in one commit',
    buckets: BATCH_BUCKETS,
    registers: [],
  })
  readonly #fanOuts = new Histogram({
    name: 'kolam_fan_out_duration_seconds',
    help: 'How long it took to write one flush to everybody in a room',
    buckets: FAN_OUT_BUCKETS,
    registers: [],
  })

  /** Puts the histograms where they are read. */
  register(registry: Registry): void {
    for (const histogram of [this.#commits, this.#batches, this.#fanOuts]) {
      registry.registerMetric(histogram)
    }
  }

  now(): number {
    return performance.now()
  }

  commit(ms: number, updates: number): void {
    this.#commits.observe(ms / 1_000)
    this.#batches.observe(updates)
  }

  fanOut(ms: number): void {
    this.#fanOuts.observe(ms / 1_000)
  }
}
