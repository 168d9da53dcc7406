/**
 * Makes points by itself: when a document was quiet for a while, when it was worked on for long, and when very much came.
 * Keeps histories tidy. Whatever fails is logged, tried again with the next edit, and harms nothing.
 */
import type { Clock, Disposer } from '@kolam/base'
import { type Store, StoreError } from '@kolam/persistence'
import type { Log, RelayHooks } from '@kolam/relay'
import type { PointMaker } from './point-maker.ts'
import type { HistoryRules } from './thinning.ts'
import type { Tidier } from './tidier.ts'

/** What the keeper stands on. */
export interface KeeperPorts {
  readonly store: Store
  readonly maker: PointMaker
  readonly tidier: Tidier
  readonly clock: Clock
  readonly log: Log
  readonly rules: HistoryRules
  /** The longest time between two points of a document that is worked on. */
  readonly everyMs: number
}

/** A document that something came for since its last point. */
interface Active {
  readonly since: number
  lastAt: number
  updates: number
  cancel: Disposer
}

/** Quiet for this part of the time between two points, whoever worked is done for now. */
const QUIET_PART = 1 / 5

/** More updates than this are a point at once: until then each of them stays on disk. */
const UPDATES_MAX = 10_000

const TIDY_PAUSE_MS = 60 * 60 * 1_000

/** Follows the relay by its hooks. */
export class HistoryKeeper {
  readonly hooks: RelayHooks
  readonly #ports: KeeperPorts
  readonly #active = new Map<string, Active>()
  #queue: Promise<unknown> = Promise.resolve()
  #cancelTidying: Disposer = () => {}
  #isStopped = false

  constructor(ports: KeeperPorts) {
    this.#ports = ports
    this.hooks = {
      // A process that was killed left updates that no point holds.
      loaded: (id) => this.#came(id, 0),
      committed: (id, updates) => this.#came(id, updates.length),
      unloaded: (id) => this.#due(id),
    }
    this.#tidySoon()
  }

  /** Makes no more points; resolves when the one under way is made. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#cancelTidying()
    for (const { cancel } of this.#active.values()) cancel()
    this.#active.clear()
    await this.#queue
  }

  /** Resolves when everything that is due was done. */
  async settled(): Promise<void> {
    await this.#queue
  }

  #came(id: string, updates: number): void {
    if (this.#isStopped) return
    const now = this.#ports.clock.now()
    const known = this.#active.get(id)
    const active = known ?? { since: now, lastAt: now, updates: 0, cancel: () => {} }
    active.updates += updates
    active.lastAt = now
    if (!known) this.#active.set(id, active)
    if (active.updates >= UPDATES_MAX) this.#due(id)
    else if (!known) this.#lookAgain(id, active)
  }

  /** One timer for each document, not one for each edit: when it ends it is seen what came meanwhile. */
  #lookAgain(id: string, active: Active): void {
    const { clock, everyMs } = this.#ports
    const dueAt = Math.min(active.lastAt + everyMs * QUIET_PART, active.since + everyMs)
    const waitMs = dueAt - clock.now()
    if (waitMs <= 0) this.#due(id)
    else active.cancel = clock.after(waitMs, () => this.#lookAgain(id, active))
  }

  /** One after the other, so that points never take more than one thread. */
  #due(id: string): void {
    const active = this.#active.get(id)
    if (!active || this.#isStopped) return
    active.cancel()
    this.#active.delete(id)
    this.#inQueue(id, async () => {
      const number = await this.#ports.maker.make(id)
      if (number === null) return
      this.#ports.log.debug('point in history made', { document: id, number })
      await this.#tidy(id)
    })
  }

  #tidySoon(): void {
    this.#cancelTidying = this.#ports.clock.after(TIDY_PAUSE_MS, () => {
      this.#inQueue('', () => this.#tidyAll())
      this.#tidySoon()
    })
  }

  async #tidyAll(): Promise<void> {
    const { store, rules } = this.#ports
    for (const { document } of await store.history.sizes()) {
      if (!this.#isStopped)
        await this.#tidy(document).catch((error) => this.#failed(document, error))
    }
    const sizes = (await store.history.sizes()).toSorted((a, b) => b.bytes - a.bytes)
    let tooMuch = sizes.reduce((sum, { bytes }) => sum + bytes, 0) - rules.bytesMax
    for (const { document, bytes } of sizes) {
      if (tooMuch <= 0 || this.#isStopped) return
      const { tidier, maker } = this.#ports
      await maker.inLine(document, () => tidier.shrink(document, bytes / 2))
      tooMuch -= bytes / 2
    }
  }

  #tidy(id: string): Promise<void> {
    const { maker, tidier, clock } = this.#ports
    return maker.inLine(id, () => tidier.tidy(id, clock.now()))
  }

  #inQueue(id: string, work: () => Promise<void>): void {
    this.#queue = this.#queue.then(() =>
      this.#isStopped ? undefined : work().catch((error: unknown) => this.#failed(id, error)),
    )
  }

  #failed(id: string, error: unknown): void {
    // It went into the trash, and its history with it.
    if (error instanceof StoreError && (error.code === 'trashed' || error.code === 'deleted'))
      return
    this.#ports.log.warn('history not kept', { document: id, error: String(error) })
  }
}
