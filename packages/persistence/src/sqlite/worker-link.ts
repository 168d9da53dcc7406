/** One life of the worker: calls go out numbered, replies settle them, its death refuses what is open. */
import type { Worker } from 'node:worker_threads'
import { StoreError } from '../store-error.ts'
import type { Answers, Call, Reply, Request } from './messages.ts'

interface Pending {
  resolve(answer: unknown): void
  reject(error: StoreError): void
}

/** The store's end of the line to one worker. */
export class WorkerLink {
  readonly #worker: Worker
  readonly #pending = new Map<number, Pending>()
  readonly #exited: Promise<void>
  #lastNumber = 0
  #alive = true

  constructor(worker: Worker) {
    this.#worker = worker
    this.#exited = new Promise((resolve) => worker.once('exit', () => resolve()))
    worker.on('message', (reply: Reply) => this.#settle(reply))
    worker.on('error', (error: unknown) => this.#fail(error))
    worker.on('exit', (code) => this.#fail(new Error(`its thread ended with code ${code}`)))
  }

  /** False once the worker has gone; a link never comes back to life. */
  get alive(): boolean {
    return this.#alive
  }

  /** Resolves when the worker has opened the folder. */
  opened(): Promise<undefined> {
    return this.#expect<undefined>(0)
  }

  /** Sends a call; `transfer` names the buffers that move instead of being copied. */
  call<C extends Call>(call: C, transfer: ArrayBuffer[] = []): Promise<Answers[C['name']]> {
    if (!this.#alive) return Promise.reject(gone('it has ended'))
    this.#lastNumber += 1
    const answer = this.#expect<Answers[C['name']]>(this.#lastNumber)
    this.#worker.postMessage({ number: this.#lastNumber, call } satisfies Request, transfer)
    return answer
  }

  /** Asks the worker to close, and resolves when its thread has gone. */
  async close(): Promise<void> {
    try {
      await this.call({ name: 'close' })
    } finally {
      await this.#exited
    }
  }

  #expect<T>(number: number): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#pending.set(number, { resolve, reject })
    })
  }

  #settle(reply: Reply): void {
    const pending = this.#pending.get(reply.number)
    this.#pending.delete(reply.number)
    if (reply.ok) pending?.resolve(reply.answer)
    else pending?.reject(new StoreError(reply.code, reply.message))
  }

  #fail(error: unknown): void {
    this.#alive = false
    const detail = error instanceof Error ? error.message : String(error)
    for (const pending of this.#pending.values()) pending.reject(gone(detail))
    this.#pending.clear()
  }
}

function gone(detail: string): StoreError {
  return new StoreError('unavailable', `Cannot reach the store's worker: ${detail}`)
}
