/** What nobody who waits for the disk can be faster than: the bytes at the end of a file, and a sync, on a thread. */
import path from 'node:path'
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Entry, Keeper } from './keeper.ts'

export async function openFloor(folder: string): Promise<Keeper> {
  const url = new URL('./floor-worker.ts', import.meta.url)
  const worker = new Worker(url, { workerData: { file: path.join(folder, 'floor.log') } })
  await once(worker, 'message')
  return {
    async commit(batch) {
      const bytes = together(batch)
      worker.postMessage(bytes, [bytes.buffer])
      await once(worker, 'message')
    },
    async close() {
      await worker.terminate()
    },
  }
}

function together(batch: readonly Entry[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(batch.reduce((sum, { update }) => sum + update.length, 0))
  let offset = 0
  for (const { update } of batch) {
    bytes.set(update, offset)
    offset += update.length
  }
  return bytes
}
