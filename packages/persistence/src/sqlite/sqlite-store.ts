/**
 * The store on disk: SQLite in a worker thread, so that the event loop never waits for the disk.
 *
 * A worker that dies refuses what was under way with `unavailable`; the next call starts another one.
 */
import { Worker } from 'node:worker_threads'
import type {
  Append,
  DocumentDescription,
  DocumentInfo,
  Store,
  StoredDocument,
  StoreOptions,
  StoreStats,
  TrashedDocument,
} from '../store.ts'
import type { AssetReferences } from '../asset-references.ts'
import type { History } from '../history.ts'
import { StoreError } from '../store-error.ts'
import { type Answers, type Call, packBatch, unpackDocument } from './messages.ts'
import { SqliteHistory } from './sqlite-history.ts'
import type { WorkerInput } from './worker.ts'
import { WorkerLink } from './worker-link.ts'

/** Where the store is, and how its thread is started (only tests need another way). */
export interface SqliteStoreOptions extends StoreOptions {
  readonly folder: string
  readonly startWorker?: (input: WorkerInput) => Worker
}

/** Opens the store of a folder; rejects with `locked`, `newer-schema`, `corrupt`, `full`, `read-only` or `unavailable`. */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const store = new SqliteStore(options)
  await store.start()
  return store
}

class SqliteStore implements Store {
  readonly #input: WorkerInput
  readonly #startWorker: (input: WorkerInput) => Worker
  #link: WorkerLink | undefined
  #starting: Promise<WorkerLink> | undefined
  #closing: Promise<void> | undefined

  readonly history: History = new SqliteHistory((call) => this.#call(call))
  readonly references: AssetReferences = {
    count: () => this.#call({ name: 'countReferences' }),
    documents: () => this.#call({ name: 'listReferring' }),
    keepOnly: async (id, named) => {
      await this.#call({ name: 'keepReferences', document: id, named })
    },
  }

  constructor({ startWorker = startThread, ...input }: SqliteStoreOptions) {
    this.#input = input
    this.#startWorker = startWorker
  }

  /** Starts the worker if none lives. */
  async start(): Promise<void> {
    await this.#reach()
  }

  async open(id: string): Promise<StoredDocument> {
    return unpackDocument(await this.#call({ name: 'open', document: id }))
  }

  async since(id: string, seq: number): Promise<readonly Uint8Array[] | null> {
    const packed = await this.#call({ name: 'since', document: id, seq })
    return packed && unpackDocument(packed).updates
  }

  async append(batch: readonly Append[]): Promise<void> {
    if (batch.length === 0) return this.#checkOpen()
    const packed = packBatch(batch)
    await this.#call({ name: 'append', batch: packed }, [packed.bytes.buffer])
  }

  async compact(id: string, snapshot: Uint8Array, upto: number): Promise<void> {
    const copy = snapshot.slice()
    const call = { name: 'compact', document: id, snapshot: copy, upto } as const
    await this.#call(call, [copy.buffer])
  }

  async describe(id: string, info: DocumentDescription): Promise<void> {
    await this.#call({ name: 'describe', document: id, info })
  }

  async trash(id: string, at: number): Promise<void> {
    await this.#call({ name: 'trash', document: id, at })
  }

  async takeBack(id: string): Promise<void> {
    await this.#call({ name: 'takeBack', document: id })
  }

  async remove(id: string): Promise<void> {
    await this.#call({ name: 'remove', document: id })
  }

  listTrash(): Promise<TrashedDocument[]> {
    return this.#call({ name: 'listTrash' })
  }

  list(): Promise<DocumentInfo[]> {
    return this.#call({ name: 'list' })
  }

  stats(): Promise<StoreStats> {
    return this.#call({ name: 'stats' })
  }

  close(): Promise<void> {
    this.#closing ??= this.#stop()
    return this.#closing
  }

  async #call<C extends Call>(call: C, transfer?: ArrayBuffer[]): Promise<Answers[C['name']]> {
    this.#checkOpen()
    const link = this.#link?.alive ? this.#link : await this.#reach()
    return link.call(call, transfer)
  }

  /** The living worker, or the one that is being started; many callers at once start one. */
  #reach(): Promise<WorkerLink> {
    if (this.#link?.alive) return Promise.resolve(this.#link)
    this.#starting ??= this.#open().finally(() => (this.#starting = undefined))
    return this.#starting
  }

  async #open(): Promise<WorkerLink> {
    const mustExist = this.#link !== undefined
    const link = new WorkerLink(this.#startWorker({ ...this.#input, mustExist }))
    await link.opened()
    this.#link = link
    return link
  }

  async #stop(): Promise<void> {
    await this.#starting?.catch(() => {})
    if (this.#link?.alive) await this.#link.close()
  }

  #checkOpen(): void {
    if (this.#closing) throw new StoreError('closed', 'Cannot use the store: it is closed')
  }
}

function startThread(input: WorkerInput): Worker {
  const url = new URL('./worker.ts', import.meta.url)
  return new Worker(url, { workerData: input, name: 'kolam-store' })
}
