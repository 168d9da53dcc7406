/**
 * Who is in a room, as clocks and raw states. An id goes with the connection that called it its own last. What is not
 * news, and what the sender may not say, is dropped before any JSON is parsed. Sets no timers, knows no room and no
 * socket; `Owner` is only an identity.
 */
import { LIMITS, type RawAwarenessEntry } from '@kolam/protocol'
import { EMPTY_STATE, isNullState, NULL_STATE } from './json-state.ts'
import type { Limits } from './limits.ts'
import {
  type Asked,
  isForeign,
  mayAdvance,
  mayBear,
  mayRemove,
  others,
  pays,
} from './presence-claims.ts'
import {
  giveTo,
  keepState,
  leaveHome,
  newPerson,
  newSpeaker,
  type Person,
  settleHome,
  type Speaker,
} from './presence-people.ts'
import { keepToRules, type PresenceRules } from './presence-rules.ts'

/** What came of an awareness message. */
export type Received<Owner> =
  | { readonly ok: false }
  | {
      readonly ok: true
      /** What to send whom so that its ids advance: others take them for old, or another connection spoke for them. */
      readonly probes: ReadonlyMap<Owner, readonly RawAwarenessEntry[]>
      /** This connection may hold old clocks of the others, or take them for gone: they have to advance. */
      readonly othersMustMove: boolean
    }

/** What is known of the connection an awareness message came from. */
export interface Sender<Owner> {
  readonly owner: Owner
  /** Nothing was told to it yet, so that what it says can only be about itself. */
  readonly announcing: boolean
  /** The relay may have forgotten ids that clients still remember. */
  readonly mayBeOld: boolean
  readonly now: number
}

/** What a room's presence stands on. */
export interface PresencePorts {
  readonly limits: Limits
  readonly rules: PresenceRules
}

/** One entry of a message and what came of it. */
interface Heard<Owner> {
  readonly speaker: Speaker<Owner>
  readonly entry: RawAwarenessEntry
  /** The id, if it was known before. */
  readonly known: Person<Owner> | undefined
  readonly wasHere: boolean
  readonly taken: Taken
}

type Probes<Owner> = Map<Owner, RawAwarenessEntry[]>

/** `denied`: it says that somebody is gone who is here. */
type Taken = 'news' | 'stale' | 'denied' | 'malformed'

/** The presence of one room. */
export class Presence<Owner extends object> {
  readonly #limits: Limits
  readonly #rules: PresenceRules
  readonly #people = new Map<number, Person<Owner>>()
  readonly #speakers = new Map<Owner, Speaker<Owner>>()
  /** Those who are gone, the one that went first in front. */
  readonly #gone = new Set<Person<Owner>>()
  readonly #dirty = new Set<Person<Owner>>()
  /** Of the message that is being read; null as long as there are none, which is nearly always. */
  #probes: Probes<Owner> | null = null

  constructor({ limits, rules }: PresencePorts) {
    this.#limits = limits
    this.#rules = rules
  }

  get isDirty(): boolean {
    return this.#dirty.size > 0
  }

  /** Takes in a message; what is news waits for `takeDirty()`. */
  receive(sender: Sender<Owner>, entries: readonly RawAwarenessEntry[]): Received<Owner> {
    const speaker = this.#speaker(sender.owner)
    const asked = { limits: this.#limits, now: sender.now }
    this.#probes = null
    let othersMustMove = false
    for (const entry of entries) {
      const known = this.#people.get(entry.clientId)
      const wasHere = known !== undefined && known.owner !== null
      const taken = this.#take(speaker, entry, { known, asked })
      if (taken === 'malformed') return { ok: false }
      if (taken === 'denied') othersMustMove ||= pays(speaker, asked)
      else if (this.#returns(sender, { speaker, entry, known, wasHere, taken })) {
        othersMustMove ||= !speaker.hasReturned
        speaker.hasReturned = true
      }
    }
    if (!othersMustMove && !this.#probes) return QUIET
    return { ok: true, probes: this.#probes ?? new Map(), othersMustMove }
  }

  /** A connection went; so do its ids. */
  leave(owner: Owner): void {
    const speaker = this.#speakers.get(owner)
    if (!speaker) return
    speaker.isHere = false
    for (const person of new Set([...speaker.homes, ...speaker.ids])) {
      if (person.home === speaker) leaveHome(person)
      if (!person.owner) continue
      // Whoever only repeated it neither keeps it nor takes it away.
      if (person.home) giveTo(person, person.home)
      else this.#remove(person, person.clock)
    }
    this.#speakers.delete(owner)
  }

  /** What changed since the last call, at most so many bytes; to be encoded before anything else is received. */
  takeDirty(bytesMax: number): RawAwarenessEntry[] {
    const taken = firstPortion(this.#dirty, bytesMax)
    for (const person of taken) this.#dirty.delete(person)
    return taken
  }

  /** The one connection all of these are of, or null where they are of several, or somebody is gone. */
  soleOwner(taken: readonly RawAwarenessEntry[]): Owner | null {
    let sole: Owner | null = null
    for (const { clientId } of taken) {
      const owner = this.#people.get(clientId)?.owner?.owner ?? null
      if (owner === null || (sole !== null && owner !== sole)) return null
      sole = owner
    }
    return sole
  }

  /** Everybody who is there. */
  live(): RawAwarenessEntry[] {
    return Array.from(this.#people.values()).filter(({ owner }) => owner !== null)
  }

  /** Everybody who is there, and who is gone: for somebody who was not told for a while. */
  all(): RawAwarenessEntry[] {
    return [...this.#gone, ...this.live()]
  }

  /** For each connection, what to send it so that its ids advance and everybody takes them for news. */
  probes(): ReadonlyMap<Owner, readonly RawAwarenessEntry[]> {
    const probes: Probes<Owner> = new Map()
    for (const person of this.#people.values()) {
      if (!person.owner) continue
      for (const { owner } of new Set([person.owner, person.home ?? person.owner])) {
        addProbe(probes, owner, person)
      }
    }
    return probes
  }

  /** What a connection last said about itself, under the first id that is its own; null where it said nothing. */
  stateOf(owner: Owner): Uint8Array | null {
    const speaker = this.#speakers.get(owner)
    const [own] = speaker?.homes ?? []
    const [spoken] = speaker?.ids ?? []
    return (own ?? spoken)?.state ?? null
  }

  #take(
    speaker: Speaker<Owner>,
    entry: RawAwarenessEntry,
    { known, asked }: { known: Person<Owner> | undefined; asked: Asked },
  ): Taken {
    const isGone = isNullState(entry.state)
    if (known) {
      if (entry.clock < known.clock) return 'stale'
      if (entry.clock === known.clock && !(isGone && known.owner)) return 'stale'
      if (isGone && !mayRemove(known, speaker)) return 'denied'
      if (!mayAdvance(speaker, { person: known, clock: entry.clock }, asked)) return 'stale'
    } else if (isGone || !mayBear(speaker, entry, asked)) return 'stale'
    const state = isGone ? NULL_STATE : keepToRules(entry.state, this.#rules)
    if (!state) return 'malformed'
    this.#put(speaker, known ?? this.#bear(entry), { clock: entry.clock, state })
    return 'news'
  }

  /** Whether others may know an id that the connection says is its own, and it theirs. */
  #returns(
    sender: Sender<Owner>,
    { speaker, entry, known, wasHere, taken }: Heard<Owner>,
  ): boolean {
    const mayBeKnown = known !== undefined || sender.mayBeOld
    if (!sender.announcing || !this.#announces(speaker, entry)) {
      // Who had nothing to say when it came speaks of itself when it brings back somebody who was gone.
      return taken === 'news' && !wasHere && mayBeKnown && speaker.announced.size === 0
    }
    if (known) settleHome(known, speaker)
    if (known && taken === 'stale') this.#probe(speaker, known)
    if (!known && sender.mayBeOld) this.#probe(speaker, entry)
    return mayBeKnown
  }

  #put(
    speaker: Speaker<Owner>,
    person: Person<Owner>,
    { clock, state }: { clock: number; state: Uint8Array },
  ): void {
    const losers = isForeign(person, speaker) ? others(person, speaker) : NOBODY
    if (state === NULL_STATE) this.#remove(person, clock)
    else this.#keep(speaker, person, { clock, state })
    settleHome(person, speaker)
    for (const loser of losers) this.#probe(loser, person)
  }

  #keep(
    speaker: Speaker<Owner>,
    person: Person<Owner>,
    { clock, state }: { clock: number; state: Uint8Array },
  ): void {
    if (person.owner !== speaker) giveTo(person, speaker)
    const bytesBefore = speaker.bytes - person.state.length
    const isTooMuch = bytesBefore + state.length > this.#limits.presenceConnectionBytesMax
    keepState(person, isTooMuch ? EMPTY_STATE : state)
    speaker.bytes = bytesBefore + person.state.length
    person.clock = clock
    this.#gone.delete(person)
    this.#dirty.add(person)
  }

  #remove(person: Person<Owner>, clock: number): void {
    giveTo(person, null)
    keepState(person, NULL_STATE)
    person.clock = clock
    this.#dirty.add(person)
    this.#gone.add(person)
    const [oldest] = this.#gone
    if (this.#gone.size <= this.#limits.presenceGoneMax || !oldest) return
    leaveHome(oldest)
    this.#gone.delete(oldest)
    this.#people.delete(oldest.clientId)
  }

  #bear({ clientId }: RawAwarenessEntry): Person<Owner> {
    const person = newPerson<Owner>(clientId)
    this.#people.set(clientId, person)
    return person
  }

  #speaker(owner: Owner): Speaker<Owner> {
    const known = this.#speakers.get(owner)
    if (known) return known
    const speaker = newSpeaker(owner)
    this.#speakers.set(owner, speaker)
    return speaker
  }

  /** Whether this is the first time the connection says that this id is its own. */
  #announces({ announced }: Speaker<Owner>, { clientId, state }: RawAwarenessEntry): boolean {
    if (isNullState(state) || announced.has(clientId)) return false
    if (announced.size >= this.#limits.presenceIdsMax) return false
    announced.add(clientId)
    return true
  }

  #probe({ owner }: Speaker<Owner>, entry: RawAwarenessEntry): void {
    this.#probes ??= new Map()
    addProbe(this.#probes, owner, entry)
  }
}

/** What id, clock and length of an entry take at most. */
const ENTRY_HEAD_BYTES = 20

const NOBODY: readonly never[] = []

/** What comes of nearly every message. */
const QUIET = { ok: true, probes: new Map<never, never>(), othersMustMove: false } as const

/** The first entries of at most so many bytes, of at most as many as one message takes, but always one. */
export function firstPortion<Entry extends RawAwarenessEntry>(
  entries: Iterable<Entry>,
  bytesMax: number,
): Entry[] {
  const portion: Entry[] = []
  let bytes = 0
  for (const entry of entries) {
    bytes += entry.state.length + ENTRY_HEAD_BYTES
    if (portion.length > 0 && bytes > bytesMax) break
    if (portion.push(entry) >= LIMITS.awarenessEntriesMax) break
  }
  return portion
}

function addProbe<Owner>(probes: Probes<Owner>, owner: Owner, entry: RawAwarenessEntry): void {
  const probe = { clientId: entry.clientId, clock: entry.clock, state: NULL_STATE }
  const own = probes.get(owner)
  if (own) own.push(probe)
  else probes.set(owner, [probe])
}
