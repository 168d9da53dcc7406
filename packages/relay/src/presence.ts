/**
 * Who is in a room, as clocks and raw states. The last connection that advanced an id's clock owns the id. What is not
 * news is dropped before any JSON is parsed. Knows no time, no room and no socket; `Owner` is only an identity.
 */
import type { RawAwarenessEntry } from '@kolam/protocol'
import type { Limits } from './limits.ts'
import { isJson, isNullState, NULL_STATE } from './json-state.ts'

/** What came of an awareness message. */
export type Received =
  | { readonly ok: false }
  | {
      readonly ok: true
      /** Entries of this connection that the others take for old: it must be made to advance its clock. */
      readonly probes: readonly RawAwarenessEntry[]
      /** An id came back that others may know: this connection may hold old clocks of theirs too. */
      readonly rejoined: boolean
    }

/** What is known of the connection an awareness message came from. */
export interface Sender<Owner> {
  readonly owner: Owner
  /** Nothing was told to it yet, so that what it says can only be about itself. */
  readonly announcing: boolean
  /** The relay may have forgotten ids that clients still remember. */
  readonly mayBeOld: boolean
}

interface Person<Owner> {
  clock: number
  /** Null when it is gone. */
  state: Uint8Array | null
  owner: Owner | null
}

/** The presence of one room. */
export class Presence<Owner extends object> {
  readonly #limits: Limits
  readonly #people = new Map<number, Person<Owner>>()
  readonly #owned = new Map<Owner, Set<number>>()
  /** Ids a connection announced, so that it is probed once for each. */
  readonly #announced = new WeakMap<Owner, Set<number>>()
  /** Gone ids, the one that went first in front. */
  readonly #gone = new Set<number>()
  readonly #dirty = new Set<number>()

  constructor(limits: Limits) {
    this.#limits = limits
  }

  get isDirty(): boolean {
    return this.#dirty.size > 0
  }

  /** Takes in a message; what is news waits for `takeDirty()`. */
  receive(sender: Sender<Owner>, entries: readonly RawAwarenessEntry[]): Received {
    const probes: RawAwarenessEntry[] = []
    let rejoined = false
    for (const entry of entries) {
      const known = this.#people.get(entry.clientId)
      const knownClock = known?.clock
      const advanced = this.#take(sender.owner, entry, known)
      if (advanced === 'malformed') return { ok: false }
      if (!this.#announces(sender, entry)) continue
      if (known || sender.mayBeOld) rejoined = true
      if (known && advanced === 'stale') probes.push(gone(entry.clientId, knownClock ?? 0))
      if (!known && sender.mayBeOld) probes.push(gone(entry.clientId, entry.clock))
    }
    return { ok: true, probes, rejoined }
  }

  /** A connection went; so do its ids. */
  leave(owner: Owner): void {
    for (const clientId of this.#owned.get(owner) ?? []) {
      const person = this.#people.get(clientId)
      if (person) this.#set(clientId, person, { clock: person.clock, state: null, owner })
    }
    this.#owned.delete(owner)
  }

  /** What changed since the last call. */
  takeDirty(): RawAwarenessEntry[] {
    const entries = Array.from(this.#dirty, (clientId) => this.#entry(clientId))
    this.#dirty.clear()
    return entries
  }

  /** Everybody who is there. */
  live(): RawAwarenessEntry[] {
    return [...this.#people].flatMap(([clientId, { clock, state }]) =>
      state ? { clientId, clock, state } : [],
    )
  }

  /** For each connection, what to send it so that its ids advance and everybody takes them for news. */
  probes(): Map<Owner, RawAwarenessEntry[]> {
    return new Map(
      Array.from(this.#owned, ([owner, ids]) => [
        owner,
        Array.from(ids, (clientId) => gone(clientId, this.#people.get(clientId)?.clock ?? 0)),
      ]),
    )
  }

  #take(
    owner: Owner,
    entry: RawAwarenessEntry,
    known: Person<Owner> | undefined,
  ): 'news' | 'stale' | 'malformed' {
    if (!isNews(entry, known)) return 'stale'
    if (!isNullState(entry.state) && !isJson(entry.state)) return 'malformed'
    const state = isNullState(entry.state) ? null : entry.state.slice()
    if (!known && !state) return 'stale'
    if (!this.#mayOwn(owner, entry.clientId)) return 'stale'
    this.#set(entry.clientId, known, { clock: entry.clock, state, owner })
    return 'news'
  }

  #set(clientId: number, known: Person<Owner> | undefined, next: Person<Owner>): void {
    if (known?.owner && known.owner !== next.owner) this.#owned.get(known.owner)?.delete(clientId)
    const owner = next.state ? next.owner : null
    this.#people.set(clientId, { clock: next.clock, state: next.state, owner })
    this.#dirty.add(clientId)
    if (owner) this.#own(owner, clientId)
    else this.#bury(clientId, next.owner)
  }

  #own(owner: Owner, clientId: number): void {
    this.#gone.delete(clientId)
    const ids = this.#owned.get(owner)
    if (ids) ids.add(clientId)
    else this.#owned.set(owner, new Set([clientId]))
  }

  #bury(clientId: number, owner: Owner | null): void {
    if (owner) this.#owned.get(owner)?.delete(clientId)
    this.#gone.add(clientId)
    const [oldest] = this.#gone
    if (this.#gone.size <= this.#limits.presenceGoneMax || oldest === undefined) return
    this.#gone.delete(oldest)
    this.#dirty.delete(oldest)
    this.#people.delete(oldest)
  }

  #mayOwn(owner: Owner, clientId: number): boolean {
    const ids = this.#owned.get(owner)
    return !ids || ids.has(clientId) || ids.size < this.#limits.presenceIdsMax
  }

  /** Whether this is the first time the connection says that this id is its own. */
  #announces(
    { owner, announcing }: Sender<Owner>,
    { clientId, state }: RawAwarenessEntry,
  ): boolean {
    if (!announcing || isNullState(state)) return false
    const ids = this.#announced.get(owner) ?? new Set()
    this.#announced.set(owner, ids)
    if (ids.has(clientId) || ids.size >= this.#limits.presenceIdsMax) return false
    ids.add(clientId)
    return true
  }

  #entry(clientId: number): RawAwarenessEntry {
    const person = this.#people.get(clientId)
    return { clientId, clock: person?.clock ?? 0, state: person?.state ?? NULL_STATE }
  }
}

/** The rule of every client: a newer clock, or the same clock saying that a present one is gone. */
function isNews<Owner>(
  { clock, state }: RawAwarenessEntry,
  known: Person<Owner> | undefined,
): boolean {
  if (!known || clock > known.clock) return true
  return clock === known.clock && known.state !== null && isNullState(state)
}

function gone(clientId: number, clock: number): RawAwarenessEntry {
  return { clientId, clock, state: NULL_STATE }
}
