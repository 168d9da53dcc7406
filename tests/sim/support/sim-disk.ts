/**
 * A disk, and the stores of the processes that use it one after the other. A process that is killed leaves what it had
 * written; of what was under way all of it or nothing.
 */
import type { Random } from '@kolam/base'
import {
  type Append,
  MemoryStore,
  type Store,
  type StoredDocument,
  StoreError,
} from '@kolam/persistence'
import * as Y from 'yjs'
import type { SimClock } from './sim-clock.ts'
import { holdsAll } from './sim-contents.ts'

/** What every process finds. */
export class SimDisk {
  readonly #clock: SimClock
  readonly #random: Random
  readonly #files = new MemoryStore()
  readonly #dying = new Set<Promise<void>>()
  /** The document as it is on the disk. */
  readonly content = new Y.Doc()
  /** Refuses every write until it is well again. */
  isFull = false

  constructor(clock: SimClock, random: Random) {
    this.#clock = clock
    this.#random = random
  }

  /** Whether everything in a document is on the disk, deletions included. */
  holds(doc: Y.Doc): boolean {
    return holdsAll(this.content, doc)
  }

  /** A process is gone: whoever comes next finds what it had under way done or undone, not done later. */
  leave(underWay: Iterable<Promise<void>>): void {
    for (const write of underWay) {
      this.#dying.add(write)
      const over = (): void => void this.#dying.delete(write)
      write.then(over, over)
    }
  }

  /** Nothing that died is still being written. */
  async quiet(): Promise<void> {
    while (this.#dying.size > 0) await Promise.allSettled(this.#dying)
  }

  /** The store of one process. */
  open(): SimStore {
    return new SimStore(this)
  }

  /** Takes as long as a disk may. */
  wait(): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.after(0.2 + this.#random() ** 4 * 40, resolve)
    })
  }

  /** Whether a write that was under way when its process died is there. */
  isLucky(): boolean {
    return this.#random() < 0.5
  }

  get files(): MemoryStore {
    return this.#files
  }

  async write(batch: readonly Append[]): Promise<void> {
    for (const { update } of batch) Y.applyUpdate(this.content, update)
    await this.#files.append(batch)
  }

  /** Whether what is stored makes what was written. */
  async isSound(id: string): Promise<boolean> {
    const { snapshot, updates } = await this.#files.open(id)
    const doc = new Y.Doc()
    if (snapshot) Y.applyUpdate(doc, snapshot)
    for (const update of updates) Y.applyUpdate(doc, update)
    return holdsAll(doc, this.content)
  }
}

/** What a process that was killed hears; a new one each time, since a promise keeps all who wait for it. */
function never(): Promise<never> {
  return new Promise(() => {})
}

/** The store of one process, until that is killed. */
export class SimStore implements Store {
  readonly #disk: SimDisk
  #isAlive = true
  readonly #underWay = new Set<Promise<void>>()
  readonly history: Store['history']
  readonly references: Store['references']
  readonly since: Store['since']
  readonly describe: Store['describe']
  readonly list: Store['list']
  readonly trash: Store['trash']
  readonly takeBack: Store['takeBack']
  readonly remove: Store['remove']
  readonly listTrash: Store['listTrash']
  readonly stats: Store['stats']

  constructor(disk: SimDisk) {
    const { files } = disk
    this.#disk = disk
    this.history = files.history
    this.references = files.references
    this.since = (...args) => this.#read(() => files.since(...args))
    this.describe = (...args) => this.#read(() => files.describe(...args))
    this.list = () => this.#read(() => files.list())
    this.trash = (...args) => this.#read(() => files.trash(...args))
    this.takeBack = (...args) => this.#read(() => files.takeBack(...args))
    this.remove = (...args) => this.#read(() => files.remove(...args))
    this.listTrash = () => this.#read(() => files.listTrash())
    this.stats = () => this.#read(() => files.stats())
  }

  /** The process is gone: nothing it began is heard of again. */
  kill(): void {
    this.#isAlive = false
    this.#disk.leave(this.#underWay)
  }

  open(id: string): Promise<StoredDocument> {
    return this.#read(() => this.#disk.files.open(id))
  }

  async append(batch: readonly Append[]): Promise<void> {
    // The bytes may be used again by whoever hands them in.
    const copy = batch.map((entry) => ({ ...entry, update: entry.update.slice() }))
    const work = this.#append(copy)
    this.#underWay.add(work)
    try {
      await work
    } finally {
      this.#underWay.delete(work)
    }
    return this.#isAlive ? undefined : never()
  }

  compact(id: string, snapshot: Uint8Array, upto: number): Promise<void> {
    return this.#read(() => this.#disk.files.compact(id, snapshot, upto))
  }

  async close(): Promise<void> {}

  async #append(batch: readonly Append[]): Promise<void> {
    const began = this.#isAlive
    await this.#disk.wait()
    if (!this.#isAlive) {
      // What a process tries after its death, it never tried.
      if (this.#disk.isLucky() && began && !this.#disk.isFull) await this.#disk.write(batch)
      return
    }
    if (this.#disk.isFull) throw new StoreError('full', 'Cannot append: the disk is full')
    await this.#disk.write(batch)
  }

  async #read<T>(work: () => Promise<T>): Promise<T> {
    await this.#disk.wait()
    await this.#disk.quiet()
    if (!this.#isAlive) return never()
    return work()
  }
}
