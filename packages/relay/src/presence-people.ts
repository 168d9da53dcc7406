/** Connections that speak and the ids they speak for, as a room's presence keeps them. Data; decides nothing. */
import type { TokenBucket } from '@kolam/base'
import type { RawAwarenessEntry } from '@kolam/protocol'
import { NULL_STATE } from './json-state.ts'

/** One connection that spoke. */
export interface Speaker<Owner> {
  readonly owner: Owner
  /** Ids whose clock it advanced last. */
  readonly ids: Set<Person<Owner>>
  /** Bytes of what these say. */
  bytes: number
  /** Ids that are gone when it goes. */
  readonly homes: Set<Person<Owner>>
  /** Ids it said were its own before it had heard of any. */
  readonly announced: Set<number>
  /** How many ids were new when it spoke of them, also of those that are gone. */
  born: number
  /** It came back once; so much the others were told. */
  hasReturned: boolean
  isHere: boolean
  /** What it may still do that is unusual; made when it first does. */
  claims: TokenBucket | null
}

/** One id, as it is passed on; the state is `null` when it is gone. */
export interface Person<Owner> extends RawAwarenessEntry {
  clock: number
  /** In memory that the next state takes again: whoever passes it on copies it. */
  state: Uint8Array
  memory: Uint8Array
  /** Who advanced its clock last; null when it is gone. May only repeat it, as a tab does for the tab beside it. */
  owner: Speaker<Owner> | null
  /** Whose it is: who called it its own last, or advanced it last where nobody here did. Null, or here. */
  home: Speaker<Owner> | null
  /** Who called it its own first, and so may always take it back. May have gone. */
  first: Speaker<Owner> | null
}

const NO_MEMORY = new Uint8Array()

/** Memory is kept for a state that is not much smaller, so that a large one does not hold it for ever. */
const SPARE_BYTES_MAX = 256

/** A connection that has said nothing yet. */
export function newSpeaker<Owner>(owner: Owner): Speaker<Owner> {
  return {
    owner,
    ids: new Set(),
    bytes: 0,
    homes: new Set(),
    announced: new Set(),
    born: 0,
    hasReturned: false,
    isHere: true,
    claims: null,
  }
}

/** An id nobody spoke of yet. */
export function newPerson<Owner>(clientId: number): Person<Owner> {
  return {
    clientId,
    clock: 0,
    state: NULL_STATE,
    memory: NO_MEMORY,
    owner: null,
    home: null,
    first: null,
  }
}

/** Takes note whose an id is when a connection has announced or advanced it. */
export function settleHome<Owner>(person: Person<Owner>, speaker: Speaker<Owner>): void {
  if (person.home === speaker && person.first?.isHere) return
  const isOwn = speaker.announced.has(person.clientId)
  if (!isOwn && person.home?.announced.has(person.clientId)) return
  const { first } = person
  if (!first?.isHere || (isOwn && !first.announced.has(person.clientId))) person.first = speaker
  if (person.home === speaker) return
  leaveHome(person)
  person.home = speaker
  speaker.homes.add(person)
}

/** From now on it is nobody's. */
export function leaveHome<Owner>(person: Person<Owner>): void {
  person.home?.homes.delete(person)
  person.home = null
}

/** Says who advanced it last; null where it is gone. Its bytes count for that connection. */
export function giveTo<Owner>(person: Person<Owner>, owner: Speaker<Owner> | null): void {
  if (person.owner) {
    person.owner.bytes -= person.state.length
    person.owner.ids.delete(person)
  }
  person.owner = owner
  if (!owner) return
  owner.bytes += person.state.length
  owner.ids.add(person)
}

/**
 * Copies a state, whose memory is its frame's. What a moving hand says is of nearly the same size each time, so the
 * memory of the state before it is taken: making new memory costs more than all the rest of keeping it.
 */
export function keepState<Owner>(person: Person<Owner>, state: Uint8Array): void {
  if (state === NULL_STATE) {
    person.state = NULL_STATE
    person.memory = NO_MEMORY
    return
  }
  const spareBytes = person.memory.length - state.length
  if (spareBytes < 0 || spareBytes > SPARE_BYTES_MAX) person.memory = new Uint8Array(state.length)
  person.memory.set(state)
  const isWhole = person.memory.length === state.length
  person.state = isWhole ? person.memory : person.memory.subarray(0, state.length)
}
