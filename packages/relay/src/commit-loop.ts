/**
 * The metronome of the relay: while one commit is on its way to the disk, the updates of all rooms gather; when it
 * is there they are handed back, and the next commit starts. Never drops an entry it took, never hands back one that
 * is not stored. Knows nothing of peers.
 */
import { Backoff, type Clock, type Disposer, type Random } from '@kolam/base'
import { type Append, type Store, StoreError, type StoreErrorCode } from '@kolam/persistence'
import type { Limits } from './limits.ts'
import { errorText, type Log } from './log.ts'
import type { Meter } from './meter.ts'

/** Something that takes its turn in the order of a room. Without `append` there is nothing to store. */
export interface CommitEntry {
  readonly append: Append | null
}

/** Who gave the entries, and gets them back in order. */
export interface CommitTarget<Entry extends CommitEntry> {
  readonly id: string
  /** All of these are on disk. */
  committed(entries: readonly Entry[]): void
  /** None of these is, and trying again would not help. */
  refused(entries: readonly Entry[], error: unknown): void
}

/** What the loop stands on. */
export interface CommitOptions {
  readonly store: Store
  readonly clock: Clock
  readonly random: Random
  readonly limits: Limits
  readonly log: Log
  readonly meter: Meter
  /** The store began to fail, or, with null, works again. */
  onHealth(reason: string | null): void
}

type Batch<Entry extends CommitEntry> = Map<CommitTarget<Entry>, Entry[]>

type State = 'idle' | 'paced' | 'storing' | 'retrying' | 'stopped'

/** One commit at a time, for all rooms. */
export class CommitLoop<Entry extends CommitEntry> {
  readonly #options: CommitOptions
  readonly #backoff: Backoff
  #state: State = 'idle'
  #queue: Batch<Entry> = new Map()
  /** What the commit under way still has to store; more than one part only where a batch had to be taken apart. */
  #parts: Batch<Entry>[] = []
  #bytes = 0
  #commits = 0
  #startedAt = Number.NEGATIVE_INFINITY
  /** Writes to connections since the last commit started, and between the two before. */
  #writes = 0
  #writesBefore = 0
  #cancelTimer: Disposer = () => {}
  #failing: string | null = null
  #idleWaiters: (() => void)[] = []
  #partWaiters: (() => void)[] = []

  constructor(options: CommitOptions) {
    const { limits, random } = options
    this.#options = options
    this.#backoff = new Backoff({ baseMs: limits.retryBaseMs, capMs: limits.retryCapMs, random })
  }

  /** Bytes taken and not yet stored. */
  get queuedBytes(): number {
    return this.#bytes
  }

  /**
   * The pause between the starts of two commits, and between two flushes of presence. Every flush of a room costs a
   * write for each connection, so where there are many of them more is gathered for each.
   */
  get paceMs(): number {
    const { commitPaceMs, writePaceMs, commitPaceMsMax } = this.#options.limits
    return Math.min(Math.max(commitPaceMs, this.#writesBefore * writePaceMs), commitPaceMsMax)
  }

  /** A room was flushed to so many connections. */
  wrote(connections: number): void {
    this.#writes += connections
  }

  /** How often the store was asked with success. */
  get commits(): number {
    return this.#commits
  }

  /** Takes an entry in; false where the queue is full or the loop has stopped, and then it was not taken. */
  take(target: CommitTarget<Entry>, entry: Entry): boolean {
    const bytes = bytesOf(entry)
    if (this.#state === 'stopped') return false
    if (bytes > 0 && this.#bytes > 0 && this.#bytes + bytes > this.#options.limits.queueBytesMax) {
      return false
    }
    this.#bytes += bytes
    const entries = this.#queue.get(target)
    if (entries) entries.push(entry)
    else this.#queue.set(target, [entry])
    this.#wake()
    return true
  }

  /** Whether anything of this target is not handed back yet. */
  holds(target: CommitTarget<Entry>): boolean {
    return this.#queue.has(target) || this.#parts.some((part) => part.has(target))
  }

  /** Whether something of this target comes back soon, as far as one can know. */
  expects(target: CommitTarget<Entry>): boolean {
    return this.#failing === null && this.holds(target)
  }

  /** Resolves when nothing of this document is on its way to the disk, whoever gave it. */
  async settled(id: string): Promise<void> {
    while (this.#state !== 'stopped' && this.#holdsDocument(id)) {
      await new Promise<void>((resolve) => this.#partWaiters.push(resolve))
    }
  }

  /** Resolves when everything taken was handed back. */
  idle(): Promise<void> {
    if (this.#state === 'idle' || this.#state === 'stopped') return Promise.resolve()
    return new Promise((resolve) => this.#idleWaiters.push(resolve))
  }

  /** Stops for good: what is not stored is refused, what is under way is no longer handed back. */
  stop(): void {
    if (this.#state === 'stopped') return
    this.#cancelTimer()
    const left = [...this.#parts, this.#queue].flatMap((part) => [...part])
    this.#state = 'stopped'
    this.#parts = []
    this.#queue = new Map()
    const error = new StoreError('closed', 'Cannot store: the relay is closed')
    for (const [target, entries] of left) this.#refuse(target, entries, error)
    for (const resolve of this.#idleWaiters.splice(0)) resolve()
    this.#partDone()
  }

  #holdsDocument(id: string): boolean {
    return [this.#queue, ...this.#parts].some((part) =>
      [...part.keys()].some((held) => held.id === id),
    )
  }

  #partDone(): void {
    for (const resolve of this.#partWaiters.splice(0)) resolve()
  }

  #wake(): void {
    if (this.#state !== 'idle') return
    const { clock } = this.#options
    const waitMs = this.#startedAt + this.paceMs - clock.now()
    if (waitMs <= 0) return this.#start()
    this.#state = 'paced'
    this.#cancelTimer = clock.after(waitMs, () => this.#start())
  }

  #start(): void {
    this.#startedAt = this.#options.clock.now()
    this.#parts = [this.#queue]
    this.#writesBefore = this.#writes
    this.#writes = 0
    this.#queue = new Map()
    this.#attempt()
  }

  #attempt(): void {
    const [part] = this.#parts
    if (!part) return this.#next()
    this.#state = 'storing'
    this.#append(part).then(
      () => this.#stored(part),
      (error: unknown) => this.#failed(part, error),
    )
  }

  /** An entry that only waits its turn needs no disk. */
  async #append(part: Batch<Entry>): Promise<void> {
    const appends = [...part.values()].flat().flatMap(({ append }) => append ?? [])
    if (appends.length === 0) return
    const { store, meter } = this.#options
    const askedAt = meter.now()
    await store.append(appends)
    meter.commit(meter.now() - askedAt, appends.length)
    this.#commits += 1
  }

  #stored(part: Batch<Entry>): void {
    if (this.#state === 'stopped') return
    this.#backoff.reset()
    this.#setFailing(null)
    this.#parts.shift()
    for (const [target, entries] of part) this.#handBack(target, entries)
    this.#partDone()
    this.#attempt()
  }

  #failed(part: Batch<Entry>, error: unknown): void {
    if (this.#state === 'stopped') return
    const { clock, limits, log } = this.#options
    log.error('store failed', { error: errorText(error), attempt: this.#backoff.attempts + 1 })
    this.#setFailing(errorText(error))
    if (cannotHeal(error)) return this.#takeApart(part, error)
    this.#state = 'retrying'
    const waitMs = Math.max(limits.commitPaceMs, this.#backoff.nextMs())
    this.#cancelTimer = clock.after(waitMs, () => this.#attempt())
  }

  /** One document the store will never take must not hold up the others: each is tried alone. */
  #takeApart(part: Batch<Entry>, error: unknown): void {
    const alone = Array.from(part, (entry): Batch<Entry> => new Map([entry]))
    if (alone.length > 1) this.#parts.splice(0, 1, ...alone)
    else {
      this.#parts.shift()
      for (const [target, entries] of part) this.#refuse(target, entries, error)
      this.#partDone()
    }
    this.#attempt()
  }

  #handBack(target: CommitTarget<Entry>, entries: readonly Entry[]): void {
    for (const entry of entries) this.#bytes -= bytesOf(entry)
    try {
      target.committed(entries)
    } catch (error) {
      this.#options.log.error('room failed', { document: target.id, error: errorText(error) })
      this.#refuse(target, [], error)
    }
  }

  /** With what the target queued since: a room that lost an update may not go on as if it had it. */
  #refuse(target: CommitTarget<Entry>, entries: readonly Entry[], error: unknown): void {
    const all = [...entries, ...(this.#queue.get(target) ?? [])]
    this.#queue.delete(target)
    for (const entry of all) this.#bytes -= bytesOf(entry)
    target.refused(all, error)
  }

  #setFailing(reason: string | null): void {
    if (this.#failing === reason) return
    const wasFailing = this.#failing !== null
    this.#failing = reason
    if (reason === null || !wasFailing) this.#options.onHealth(reason)
  }

  #next(): void {
    this.#state = 'idle'
    if (this.#queue.size > 0) this.#wake()
    else for (const resolve of this.#idleWaiters.splice(0)) resolve()
  }
}

function bytesOf(entry: CommitEntry): number {
  return entry.append?.update.length ?? 0
}

const HOPELESS: ReadonlySet<StoreErrorCode> = new Set(['invalid', 'corrupt', 'trashed', 'deleted'])

/** Whether the store refused what it was given rather than failed to keep it. */
function cannotHeal(error: unknown): boolean {
  return error instanceof StoreError && HOPELESS.has(error.code)
}
