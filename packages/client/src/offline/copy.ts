/**
 * The copy of one document in this browser: read before the client connects, written with every change whatever made it,
 * together with what of it is not saved. It never says that something is saved: the client does.
 */

import { type Clock, type Disposer, Disposers, Emitter, randomId } from '@kolam/base'
import { type Doc, encodeStateAsUpdate, mergeUpdates } from 'yjs'
import type { Apply } from '../changes.ts'
import { Pace } from '../pace.ts'
import { pendingIn } from '../pending.ts'
import type { SaveState } from '../state.ts'
import { mergeUnsaved, type Unsaved } from '../unsaved.ts'
import { applyAll } from './apply.ts'
import { faultOf, type OfflineFault } from './error.ts'
import { COPY_LIMITS, type CopyLimits } from './limits.ts'
import { Log } from './log.ts'
import type { Mark, OfflineStore, Write } from './store.ts'

/** The part of a client that a copy needs. */
export interface CopyClient {
  readonly doc: Doc
  readonly unsaved: Unsaved | null
  restore(unsaved: Unsaved | null, apply: Apply): void
  on(name: 'save', listener: (save: SaveState) => void): Disposer
}

/** What a copy stands on. */
export interface CopyOptions {
  readonly store: OfflineStore
  readonly document: string
  readonly client: CopyClient
  readonly clock: Clock
  /** What a list of documents shall show of this one. */
  readonly about?: () => string
  readonly limits?: Partial<CopyLimits>
}

/** `kept`: everything is written, or on its way. `not kept`: nothing is, for this reason; it may get better. */
export type CopyState =
  | { readonly name: 'opening' }
  | { readonly name: 'kept' }
  | { readonly name: 'not kept'; readonly fault: OfflineFault }

/** What a copy tells. */
export interface CopyEvents {
  state: [state: CopyState]
  /** So many updates in the store cannot be read; they are left where they are. */
  damaged: [updates: number]
}

const FLUSH_ROUNDS = 3

/** Lives as long as its client. */
export class OfflineCopy {
  readonly #options: CopyOptions
  readonly #limits: CopyLimits
  readonly #emitter = new Emitter<CopyEvents>()
  readonly #disposers = new Disposers()
  readonly #writer = randomId()
  #turn = 0
  readonly #pace: Pace
  /** Null until the store has been read. */
  #log: Log | null = null
  #life = ''
  #state: CopyState = { name: 'opening' }
  #found = false
  #restoring = false
  #waiting: Uint8Array[] = []
  /** What the write that is on its way holds. */
  #underWay: readonly Uint8Array[] = []
  /** Marks of pages that are gone, or go on by themselves: what they say is this client's matter now, too. */
  #inherited: readonly Mark[] = []
  #isMarked = false
  /** The store lacks something that no longer waits: the next write holds everything. */
  #isBehind = false
  #writing: Promise<void> | null = null
  #stopped = false
  #cancelRetry: Disposer | null = null

  constructor(options: CopyOptions) {
    const { client, clock } = options
    this.#options = options
    this.#limits = { ...COPY_LIMITS, ...options.limits }
    this.#pace = new Pace({ clock, intervalMs: this.#limits.writeMs, run: () => this.#write() })
    const onUpdate = (update: Uint8Array) => this.#changed(update)
    // What is in the document already came from elsewhere.
    if (client.doc.store.clients.size > 0) this.#waiting.push(encodeStateAsUpdate(client.doc))
    client.doc.on('update', onUpdate)
    this.#disposers.add(() => client.doc.off('update', onUpdate))
    this.#disposers.add(client.on('save', (save) => this.#saveChanged(save)))
  }

  /** Whether the document is being kept. */
  get state(): CopyState {
    return this.#state
  }

  /** Whether everything of the document is in the store. */
  get isWritten(): boolean {
    return this.#state.name === 'kept' && !this.#writing && !this.#isDirty
  }

  /** Whether the store had something of the document. */
  get found(): boolean {
    return this.#found
  }

  /** Listens until the returned disposer is called. */
  on<Name extends keyof CopyEvents>(
    name: Name,
    listener: (...args: CopyEvents[Name]) => void,
  ): Disposer {
    return this.#emitter.on(name, listener)
  }

  /**
   * Puts what is kept into the document; resolves when it is there, or when it is known that nothing comes in time. A
   * store that is late is read all the same. Never rejects.
   */
  open(): Promise<void> {
    const { clock } = this.#options
    return new Promise((resolve) => {
      const cancel = clock.after(this.#limits.openMs, resolve)
      void this.#open().then(() => {
        cancel()
        resolve()
      })
    })
  }

  /**
   * The page may be gone in a moment: hands over what waits, and what is on its way once more, since that may be undone.
   * Resolves when the store is done, if the page is still there.
   */
  async writeLast(): Promise<void> {
    const log = this.#log
    const updates = [...this.#underWay, ...this.#waiting]
    if (!log || this.#stopped || (updates.length === 0 && !this.#isDirty)) return
    const isWhole = this.#isBehind
    const { doc } = this.#options.client
    const update = isWhole
      ? encodeStateAsUpdate(doc)
      : updates.length > 0
        ? mergeUpdates(updates)
        : null
    this.#waiting = []
    try {
      const step = { ...this.#stepWith(update), isLast: true }
      this.#isMarked ||= step.unsaved !== null
      const key = await this.#options.store.write(step)
      if (key !== null && update) log.add(key, update.length, false)
    } catch {
      this.#isBehind = true
    }
  }

  /** The same, for what goes with a client in a page. */
  hide(): void {
    void this.writeLast()
  }

  /** Writes what waits now. Resolves when the store is done, however it went. */
  async flush(): Promise<void> {
    this.#pace.stop()
    // What came while a write was on its way needs one more; nobody waits for a page that never stops writing.
    for (let round = 0; round < FLUSH_ROUNDS; round++) {
      this.#write()
      await this.#writing
      if (!this.#isDirty || this.#state.name !== 'kept') return
    }
  }

  /** Removes the copy; nothing more is written until the document is opened anew. */
  async wipe(): Promise<void> {
    this.#end({ name: 'not kept', fault: 'wiped' })
    await this.#writing
    await this.#options.store.wipe(this.#options.document)
  }

  /** The same where everything in it is saved, also what other pages wrote; returns whether it was. */
  async wipeIfSaved(): Promise<boolean> {
    await this.flush()
    if (this.#options.client.unsaved) return false
    const isGone = await this.#options.store.wipeIfSaved(this.#options.document)
    if (isGone) this.#end({ name: 'not kept', fault: 'wiped' })
    return isGone
  }

  /** Hears nothing more, writes what waits, and ends. */
  async stop(): Promise<void> {
    this.#disposers.dispose()
    this.#emitter.clear()
    await this.flush()
    this.#stopped = true
    this.#pace.stop()
    this.#cancelRetry?.()
  }

  get #isDirty(): boolean {
    const hasMark = this.#isMarked || this.#inherited.length > 0
    const isSettled = hasMark && this.#options.client.unsaved === null
    return this.#waiting.length > 0 || this.#isBehind || isSettled
  }

  async #open(): Promise<void> {
    const { store, document } = this.#options
    try {
      const { life, updates, marks } = await store.open(document)
      if (this.#stopped) return
      this.#life = life
      this.#inherited = marks
      this.#found = updates.length > 0
      const unreadable = this.#restore(
        updates.map(({ update }) => update),
        marks,
      )
      const sound = updates.filter((_, index) => !unreadable.includes(index))
      this.#log = new Log(sound)
      this.#become({ name: 'kept' })
      if (unreadable.length > 0) this.#emitter.emit('damaged', unreadable.length)
      if (this.#isDirty || this.#log.isLong(this.#limits)) this.#pace.request()
    } catch (error) {
      this.#end({ name: 'not kept', fault: faultOf(error) })
    }
  }

  /** Returns the places of the updates that cannot be read. */
  #restore(updates: readonly Uint8Array[], marks: readonly Mark[]): number[] {
    const { client } = this.#options
    const unsaved = mergeUnsaved(marks.map((mark) => mark.unsaved))
    let unreadable: number[] = []
    this.#restoring = true
    try {
      client.restore(unsaved, (origin) => {
        unreadable = applyAll(client.doc, updates, origin)
        return pendingIn(client.doc)
      })
    } finally {
      this.#restoring = false
    }
    return unreadable
  }

  #changed(update: Uint8Array): void {
    if (this.#restoring || this.#stopped || this.#isBehind) return
    this.#waiting.push(update)
    if (this.#log) this.#pace.request()
  }

  #saveChanged({ name }: SaveState): void {
    if (name === 'saved' && this.#log && this.#isDirty) this.#pace.request()
  }

  /** One write at a time, so that what is taken for written is. */
  #write(): void {
    const log = this.#log
    if (!log || this.#writing || this.#stopped) return
    const isLong = log.isLong(this.#limits)
    if (!this.#isDirty && !isLong) return
    this.#writing = this.#writeStep(log, isLong || this.#isBehind).finally(() => {
      this.#writing = null
      if (this.#isDirty && this.#state.name === 'kept') this.#pace.request()
    })
  }

  async #writeStep(log: Log, isWhole: boolean): Promise<void> {
    try {
      await this.#writeOnce(log, isWhole)
    } catch (error) {
      const fault = faultOf(error)
      // Less is in the store when one update stands for many: that may be all the room that is needed.
      if (fault !== 'full' || isWhole) return this.#failed(fault)
      await this.#writeOnce(log, true).catch((again: unknown) => this.#failed(faultOf(again)))
    }
  }

  async #writeOnce(log: Log, isWhole: boolean): Promise<void> {
    const { store, client } = this.#options
    const waiting = this.#waiting
    const [only] = waiting
    const part = waiting.length > 1 ? mergeUpdates(waiting) : (only ?? null)
    const update = isWhole ? encodeStateAsUpdate(client.doc) : part
    const replaces = isWhole ? log.keys : []
    const step = this.#stepWith(update)
    const settled = step.unsaved ? [] : this.#inherited
    this.#waiting = []
    this.#underWay = waiting
    // What changes from here on is not in `update`.
    if (isWhole) this.#isBehind = false
    try {
      const key = await store.write({ ...step, replaces, settled })
      if (isWhole) log.replaced(replaces)
      if (key !== null && update) log.add(key, update.length, isWhole)
    } catch (error) {
      // What was to be written now comes before what came meanwhile.
      this.#waiting = [...waiting, ...this.#waiting]
      throw error
    } finally {
      this.#underWay = []
    }
    if (this.#log !== log) return
    this.#isMarked = step.unsaved !== null
    if (!step.unsaved) this.#inherited = this.#inherited.filter((mark) => !settled.includes(mark))
    this.#become({ name: 'kept' })
  }

  /** A write of that, with what is not saved now. */
  #stepWith(update: Uint8Array | null): Write {
    const { document, client, clock, about } = this.#options
    return {
      document,
      life: this.#life,
      update,
      replaces: [],
      writer: this.#writer,
      turn: ++this.#turn,
      unsaved: client.unsaved,
      settled: [],
      ...(about ? { about: about() } : {}),
      atMs: clock.now(),
    }
  }

  #failed(fault: OfflineFault): void {
    if (fault === 'wiped') return this.#end({ name: 'not kept', fault })
    // The document has what waited; kept here as well it would only grow.
    this.#isBehind = true
    this.#waiting = []
    this.#become({ name: 'not kept', fault })
    this.#cancelRetry?.()
    this.#cancelRetry = this.#options.clock.after(this.#limits.retryMs, () => this.#write())
  }

  /** Nothing is written any more. */
  #end(state: CopyState): void {
    this.#become(state)
    this.#pace.stop()
    this.#cancelRetry?.()
    this.#log = null
    this.#waiting = []
    this.#isBehind = true
  }

  #become(state: CopyState): void {
    const before = this.#state
    if (this.#stopped || JSON.stringify(before) === JSON.stringify(state)) return
    this.#state = state
    this.#emitter.emit('state', state)
  }
}
