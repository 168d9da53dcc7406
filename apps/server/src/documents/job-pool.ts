/**
 * A few threads for work over large documents, so that the event loop never waits for it.
 *
 * A thread that dies or takes too long fails its own job only; the next job starts another one.
 */
import { Worker } from 'node:worker_threads'
import type { Clock, Disposer } from '@kolam/base'
import { copyJob, type Job, type JobResults } from './jobs.ts'
import type { Outcome } from './worker.ts'

/** A job that takes longer never ends: its bytes were made to hang whoever reads them. */
const JOB_MS_MAX = 60_000

interface Task {
  readonly job: Job
  resolve(result: unknown): void
  reject(error: Error): void
}

interface Thread {
  readonly worker: Worker
  task: Task | null
  cancelTimeout: Disposer
}

/** Runs jobs on at most `threads` threads, started when first needed. */
export class JobPool {
  readonly #clock: Clock
  readonly #threadsMax: number
  readonly #threads = new Set<Thread>()
  readonly #waiting: Task[] = []
  #closed = false

  constructor(options: { clock: Clock; threads: number }) {
    this.#clock = options.clock
    this.#threadsMax = options.threads
  }

  /** Jobs that have not ended yet. */
  get pending(): number {
    const running = Array.from(this.#threads).filter(({ task }) => task !== null)
    return running.length + this.#waiting.length
  }

  /** Does a job on a thread; rejects where the job throws, its thread dies, or the pool is closed. */
  run<J extends Job>(job: J): Promise<JobResults[J['name']]> {
    if (this.#closed) return Promise.reject(new Error('Cannot do the job: the server stops'))
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, resolve, reject })
      this.#next()
    })
  }

  /** Ends all threads; jobs that have not ended are rejected. */
  async close(): Promise<void> {
    this.#closed = true
    for (const task of this.#waiting.splice(0))
      task.reject(new Error('Cannot do the job: the server stops'))
    await Promise.all(Array.from(this.#threads, ({ worker }) => worker.terminate()))
  }

  #next(): void {
    const idle = Array.from(this.#threads).find(({ task }) => task === null)
    const thread = idle ?? (this.#threads.size < this.#threadsMax ? this.#start() : null)
    const task = thread && this.#waiting.shift()
    if (thread && task) this.#give(thread, task)
  }

  #give(thread: Thread, task: Task): void {
    const { copy, transfer } = copyJob(task.job)
    thread.task = task
    thread.cancelTimeout = this.#clock.after(JOB_MS_MAX, () => void thread.worker.terminate())
    thread.worker.ref()
    thread.worker.postMessage(copy, transfer)
  }

  #start(): Thread {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { name: 'kolam-documents' })
    const thread: Thread = { worker, task: null, cancelTimeout: () => {} }
    this.#threads.add(thread)
    worker.on('message', (outcome: Outcome) => this.#finish(thread, outcome))
    worker.on('error', (error: unknown) => this.#lose(thread, String(error)))
    worker.on('exit', (code) => this.#lose(thread, `its thread ended with code ${code}`))
    return thread
  }

  #finish(thread: Thread, outcome: Outcome): void {
    const { task } = thread
    thread.cancelTimeout()
    thread.task = null
    thread.worker.unref()
    if (outcome.ok) task?.resolve(outcome.result)
    else task?.reject(Object.assign(new Error(outcome.message), { name: outcome.name }))
    this.#next()
  }

  #lose(thread: Thread, detail: string): void {
    const { task } = thread
    thread.cancelTimeout()
    thread.task = null
    this.#threads.delete(thread)
    task?.reject(new Error(`Cannot do the job: ${detail}`))
    if (this.#waiting.length > 0 && !this.#closed) this.#next()
  }
}
