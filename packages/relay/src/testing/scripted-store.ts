/** A store in memory whose calls a test can hold back or let fail. */
import { type Append, MemoryStore, type Store, type StoredDocument } from '@kolam/persistence'

/** Everything goes through to a `MemoryStore`, when and if the test says so. */
export class ScriptedStore implements Store {
  readonly memory: MemoryStore
  /** Every batch that was asked for, also those that failed. */
  readonly batches: (readonly Append[])[] = []
  /** Asked before each append and open; what it throws is the store's failure, what it awaits is its delay. */
  before: (call: 'append' | 'open' | 'compact') => Promise<void> | void = () => {}
  history: Store['history']
  references: Store['references']
  describe: Store['describe']
  since: Store['since']
  trash: Store['trash']
  takeBack: Store['takeBack']
  remove: Store['remove']
  listTrash: Store['listTrash']
  list: Store['list']
  stats: Store['stats']
  close: Store['close']

  constructor(memory = new MemoryStore()) {
    this.memory = memory
    this.history = memory.history
    this.references = memory.references
    this.since = (id, seq) => memory.since(id, seq)
    this.trash = (id, at) => memory.trash(id, at)
    this.takeBack = (id) => memory.takeBack(id)
    this.remove = (id) => memory.remove(id)
    this.listTrash = () => memory.listTrash()
    this.describe = (id, info) => memory.describe(id, info)
    this.list = () => memory.list()
    this.stats = () => memory.stats()
    this.close = () => memory.close()
  }

  async open(id: string): Promise<StoredDocument> {
    await this.before('open')
    return this.memory.open(id)
  }

  async append(batch: readonly Append[]): Promise<void> {
    this.batches.push(batch)
    await this.before('append')
    await this.memory.append(batch)
  }

  async compact(id: string, snapshot: Uint8Array, upto: number): Promise<void> {
    await this.before('compact')
    await this.memory.compact(id, snapshot, upto)
  }

  /** Everything stored of a document, snapshot first. */
  async all(id: string): Promise<Uint8Array[]> {
    const { snapshot, updates } = await this.memory.open(id)
    return snapshot ? [snapshot, ...updates] : [...updates]
  }
}
