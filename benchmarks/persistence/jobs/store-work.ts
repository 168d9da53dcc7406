/** What the watch over a store's thread and whoever listens to it agree on. */
import { BroadcastChannel } from 'node:worker_threads'

/** Where each piece of work is told. */
export const WORK_CHANNEL = 'kolam-benchmark-work'

/** The variable of the environment that is 1 where checkpoints are left out. */
export const SKIP_CHECKPOINTS = 'KOLAM_BENCHMARK_SKIP_CHECKPOINTS'

/** Something a thread did during which it could do nothing else. */
export interface Work {
  readonly kind: 'checkpoint' | 'transaction'
  readonly wallMs: number
  /** The processor time of that thread alone: no waiting for the disk, nor for a core that others use. */
  readonly cpuMs: number
}

/** All work from now on. */
export function listen(): readonly Work[] {
  const all: Work[] = []
  const channel = new BroadcastChannel(WORK_CHANNEL)
  channel.addEventListener('message', (event) => {
    all.push((event as MessageEvent).data as Work)
  })
  channel.unref()
  return all
}
