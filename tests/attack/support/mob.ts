/**
 * Very many connections without a network: each a session of the relay itself, so that a hundred thousand frames take
 * seconds. Whoever is closed is replaced.
 */
import type { Random } from '@kolam/base'
import type { Relay, Session, Who } from '@kolam/relay'
import { RecordingPeer } from '@kolam/relay/testing'
import { oneOf, pick } from './bytes.ts'
import type { Guest } from './scene.ts'

/** A document and what its attackers may do there. */
export interface Ground {
  readonly id: string
  readonly role: Who['role']
}

/** What is kept of what a connection heard before it is thrown away. */
const WRITES_MAX = 50

class Member {
  readonly peer = new RecordingPeer()
  readonly #session: Session

  constructor(relay: Relay, { id, role }: Ground, kolam: boolean) {
    this.#session = relay.connect(id, this.peer, { kolam, role, person: 'mob' })
    this.peer.session = this.#session
  }

  receive(frame: Uint8Array): void {
    this.#session.receive(frame)
    if (this.peer.writes.length > WRITES_MAX) this.peer.clear()
  }

  leave(): void {
    this.#session.closed()
  }
}

export class Mob implements Guest {
  /** How often a connection was closed, by code. */
  readonly closings = new Map<number, number>()
  readonly #relay: Relay
  readonly #random: Random
  readonly #grounds: readonly Ground[]
  readonly #members: Member[]

  constructor(relay: Relay, more: { random: Random; grounds: readonly Ground[]; size: number }) {
    this.#relay = relay
    this.#random = more.random
    this.#grounds = more.grounds
    this.#members = Array.from({ length: more.size }, () => this.#newMember())
  }

  /** Somebody of them sends this. */
  send(frame: Uint8Array): void {
    const at = pick(this.#random, this.#members.length)
    const member = this.#members[at]!
    member.receive(frame)
    const code = member.peer.closedWith
    if (code === null) return
    this.closings.set(code, (this.closings.get(code) ?? 0) + 1)
    member.leave()
    this.#members[at] = this.#newMember()
  }

  leave(): void {
    for (const member of this.#members.splice(0)) member.leave()
  }

  #newMember(): Member {
    const isKolam = this.#random() < 0.5
    return new Member(this.#relay, oneOf(this.#random, this.#grounds), isKolam)
  }
}
