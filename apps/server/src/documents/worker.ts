/** A thread that does jobs, one after the other. Never started but by `JobPool`. */
import { parentPort } from 'node:worker_threads'
import { assert } from '@kolam/base'
import { type Job, type JobResult, runJob } from './jobs.ts'

/** How a job ended. */
export type Outcome =
  | { readonly ok: true; readonly result: JobResult }
  | { readonly ok: false; readonly name: string; readonly message: string }

assert(parentPort, 'Cannot do jobs outside a worker thread')
const port = parentPort

port.on('message', (job: Job) => {
  const outcome = attempt(job)
  port.postMessage(outcome, outcome.ok ? movable(outcome.result) : [])
})

/** The door of the thread: bytes nobody could read become an answer, and the thread goes on. */
function attempt(job: Job): Outcome {
  try {
    return { ok: true, result: runJob(job) }
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    return { ok: false, name, message }
  }
}

/** The memory of a result, if it is the result's alone: Yjs may answer with a view or with what it was given. */
function movable(result: JobResult): ArrayBuffer[] {
  const isWhole = result instanceof Uint8Array && result.byteLength === result.buffer.byteLength
  return isWhole && result.buffer instanceof ArrayBuffer ? [result.buffer] : []
}
