/** What one flush of a room brings to its peers, framed once for all who get the same. */
import { encodeMessage } from '@kolam/protocol'
import type { UpdateInfo } from './documents.ts'
import { Frames } from './frames.ts'
import type { Wire } from './peer.ts'

/** One message to one peer only, in its place before the update at index `before`. */
export interface PrivateAnswer {
  readonly before: number
  readonly message: Uint8Array
}

/** What took its turn in a room: an update that is stored now, or an answer to the one who sent something. */
export interface Delivered<Peer> {
  readonly session: Peer | null
  readonly change: { readonly update: Uint8Array; readonly info: UpdateInfo } | null
  readonly answer: Uint8Array | null
}

/** What a peer's own messages came to: an update of its own that was stored (null), or another answer. */
export interface OwnOutcome {
  /** After how many updates of the room it came, its own included. */
  readonly position: number
  /** The message it is answered with; for an update of its own the echo. */
  readonly message: Uint8Array
  readonly isEcho: boolean
}

const NONE: readonly PrivateAnswer[] = []

/** Update messages in order, then one of presence. */
export class Delivery<Peer> {
  /** The updates as messages, in the order they were stored. */
  readonly updates: readonly Uint8Array[]
  readonly presence: Uint8Array | null
  readonly #entries: readonly Delivered<Peer>[]
  readonly #positionBefore: number
  #whole: Frames | null = null
  #updatesOnly: Frames | null = null
  #presenceOnly: Frames | null = null
  #answers: Map<Peer, PrivateAnswer[]> | null = null

  constructor(
    entries: readonly Delivered<Peer>[],
    more: { presence: Uint8Array | null; positionBefore: number },
  ) {
    const { presence, positionBefore } = more
    this.#entries = entries
    this.#positionBefore = positionBefore
    this.presence = presence
    const updates: Uint8Array[] = []
    for (const { change } of entries) {
      if (change) updates.push(encodeMessage({ type: 'update', update: change.update }))
    }
    this.updates = updates
    if (entries.length > this.updates.length) this.#answers = answersOf(entries)
  }

  /** Everything, the same bytes for every peer of this wire. */
  whole(wire: Wire): Uint8Array {
    if (!this.presence) return this.updatesOnly(wire)
    const { presence } = this
    this.#whole ??= new Frames(() => [...this.updates, presence])
    return this.#whole.for(wire)
  }

  updatesOnly(wire: Wire): Uint8Array {
    this.#updatesOnly ??= new Frames(() => this.updates)
    return this.#updatesOnly.for(wire)
  }

  presenceOnly(wire: Wire): Uint8Array {
    const { presence } = this
    this.#presenceOnly ??= new Frames(() => (presence ? [presence] : []))
    return this.#presenceOnly.for(wire)
  }

  /** What only this peer gets. */
  answersFor(peer: Peer): readonly PrivateAnswer[] {
    return this.#answers?.get(peer) ?? NONE
  }

  /** The updates with one peer's own answers in their places. */
  updatesWith(answers: readonly PrivateAnswer[]): Uint8Array[] {
    const messages: Uint8Array[] = []
    let next = 0
    for (const { before, message } of answers) {
      messages.push(...this.updates.slice(next, before), message)
      next = before
    }
    return [...messages, ...this.updates.slice(next)]
  }

  /** What came of the messages of one peer, for one that is not sent the updates now. */
  outcomesFor(peer: Peer): OwnOutcome[] {
    const outcomes: OwnOutcome[] = []
    let stored = 0
    for (const { session, change, answer } of this.#entries) {
      if (change) stored += 1
      if (session !== peer) continue
      const echo = change ? this.updates[stored - 1] : null
      const message = echo ?? answer
      if (!message) continue
      const position = this.#positionBefore + stored
      outcomes.push({ position, message, isEcho: change !== null })
    }
    return outcomes
  }
}

function answersOf<Peer>(entries: readonly Delivered<Peer>[]): Map<Peer, PrivateAnswer[]> {
  const answers = new Map<Peer, PrivateAnswer[]>()
  let before = 0
  for (const { session, change, answer } of entries) {
    if (change) before += 1
    if (!session || !answer) continue
    const own = answers.get(session)
    if (own) own.push({ before, message: answer })
    else answers.set(session, [{ before, message: answer }])
  }
  return answers
}
