/**
 * What one browser keeps, and the stores of the pages that use it side by side. A page that dies leaves the step that was
 * under way whole or undone; what it wrote in the moment it went is there for the next one.
 */
import type { Random } from '@kolam/base'
import * as Y from 'yjs'
import {
  type KeptDocument,
  MemoryStore,
  OfflineError,
  type OfflineFault,
  type OfflineStore,
  type Opened,
  type Write,
} from './client-parts.ts'
import type { SimClock } from './sim-clock.ts'
import { ID } from './sim-site.ts'

/** What a browser has, whatever pages come and go. */
export class SimCopies {
  readonly clock: SimClock
  readonly random: Random
  readonly #files = new MemoryStore()
  /** Last steps of pages that went, by writer. */
  readonly #last = new Map<string, Write>()
  readonly #told: (kept: Y.Doc) => void
  #life = ''
  #kept = new Y.Doc()
  /** What everything is refused with until the store is well again. */
  fault: OfflineFault | null = null
  /** Answers may take longer than a page waits for them. */
  isSlow = false

  /** `told` hears of a document that is kept and said to be all saved. */
  constructor(clock: SimClock, random: Random, told: (kept: Y.Doc) => void) {
    this.clock = clock
    this.random = random
    this.#told = told
  }

  /** Everything that was written, and not wiped since. */
  get kept(): Y.Doc {
    return this.#kept
  }

  recover(): void {
    this.fault = null
    this.isSlow = false
  }

  /** The store of one page. */
  openFor(): PageStore {
    return new PageStore(this)
  }

  waitMs(): number {
    return 0.2 + this.random() ** 4 * (this.isSlow ? 6_000 : 40)
  }

  /** Whether a step finds no room; one that takes the place of others may find some. */
  isRefused(step: Write | null): boolean {
    if (this.fault !== 'full') return this.fault !== null
    if (!step?.update) return false
    return step.replaces.length === 0 || this.random() < 0.5
  }

  async open(): Promise<Opened> {
    const { life } = await this.#files.open(ID)
    this.#life = life
    for (const [writer, step] of this.#last) {
      if (step.life !== life) continue
      this.#last.delete(writer)
      await this.write(step)
    }
    return this.#files.open(ID)
  }

  async write(step: Write): Promise<number | null> {
    const key = await this.#files.write(step)
    if (step.update) Y.applyUpdate(this.#kept, step.update)
    if ((await this.#unsaved()) === 0) this.#told(this.#kept)
    return key
  }

  /** From here on it is kept, whatever becomes of the page and its store. */
  keepLast(step: Write): void {
    this.#last.set(step.writer, step)
    if (step.life === this.#life && step.update) Y.applyUpdate(this.#kept, step.update)
  }

  /** A page that is still there saw that its step was kept. */
  forgetLast(writer: string): void {
    this.#last.delete(writer)
  }

  async wipe(): Promise<void> {
    this.#last.clear()
    await this.#files.wipeAll()
    this.#kept = new Y.Doc()
    this.#life = ''
  }

  async wipeIfSaved(): Promise<boolean> {
    if ([...this.#last.values()].some(({ unsaved }) => unsaved !== null)) return false
    const isGone = await this.#files.wipeIfSaved(ID)
    if (!isGone) return false
    this.#told(this.#kept)
    await this.wipe()
    return true
  }

  list(): Promise<KeptDocument[]> {
    return this.#files.list()
  }

  /** How many changes the store says are only here. */
  async #unsaved(): Promise<number> {
    const last = Array.from(this.#last.values(), ({ unsaved }) => unsaved?.changes ?? 0)
    const listed = await this.#files.list()
    return Math.max(0, ...last, ...listed.map(({ unsaved }) => unsaved))
  }
}

/** What a page that was killed hears. */
function never(): Promise<never> {
  return new Promise(() => {})
}

/** The store of one page, until that is killed. One step after the other. */
export class PageStore implements OfflineStore {
  readonly #copies: SimCopies
  #isAlive = true
  #lastAt = 0

  constructor(copies: SimCopies) {
    this.#copies = copies
  }

  /** The page is gone: nothing it began is heard of again. */
  kill(): void {
    this.#isAlive = false
  }

  open(): Promise<Opened> {
    return this.#in(null, () => this.#copies.open())
  }

  write(step: Write): Promise<number | null> {
    // The bytes may be used again by whoever hands them in.
    const copy = { ...step, update: step.update?.slice() ?? null }
    if (copy.isLast) this.#copies.keepLast(copy)
    return this.#in(copy, async () => {
      const key = await this.#copies.write(copy)
      if (this.#isAlive) this.#copies.forgetLast(copy.writer)
      return key
    })
  }

  wipe(): Promise<void> {
    return this.#in(null, () => this.#copies.wipe())
  }

  wipeIfSaved(): Promise<boolean> {
    return this.#in(null, () => this.#copies.wipeIfSaved())
  }

  wipeAll(): Promise<void> {
    return this.wipe()
  }

  list(): Promise<KeptDocument[]> {
    return this.#in(null, () => this.#copies.list())
  }

  close(): void {}

  async #in<T>(step: Write | null, run: () => Promise<T>): Promise<T> {
    await this.#turn()
    const copies = this.#copies
    const isRefused = copies.isRefused(step)
    if (!this.#isAlive && (isRefused || !step || copies.random() < 0.5)) return never()
    if (isRefused) throw new OfflineError(copies.fault ?? 'failed')
    const result = await run()
    return this.#isAlive ? result : never()
  }

  #turn(): Promise<void> {
    const { clock } = this.#copies
    this.#lastAt = Math.max(this.#lastAt, clock.now() + this.#copies.waitMs())
    return new Promise((resolve) => clock.after(this.#lastAt - clock.now(), resolve))
  }
}
