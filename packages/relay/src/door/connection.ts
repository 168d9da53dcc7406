/**
 * One connection from its first request to its end, whatever carries it: checked, asked about, let in, and asked about again when its permission
 * changes or expires. What costs nothing is checked first. Never looks into a message.
 */
import type { IncomingMessage } from 'node:http'
import type { Disposer } from '@kolam/base'
import { isDocumentId } from '@kolam/protocol'
import { type Closing, closings } from '../errors.ts'
import type { Peer, Session } from '../peer.ts'
import { addressOf } from './address.ts'
import { EVERYBODY, type Verdict } from './admission.ts'
import type { Door } from './door.ts'
import { isAllowedHost, isAllowedOrigin } from './origin.ts'
import { Question } from './question.ts'

/** What carries a connection: a WebSocket, or the requests of an HTTP line. */
export interface Carrier {
  readonly peer: Peer
  /** Whether the subprotocol `kolam.1` was agreed on. */
  readonly kolam: boolean
  /** Calls back once, when the connection is gone. */
  onClosed(run: () => void): void
  /** It has been let in: from here on the session hears what comes. */
  letIn(session: Session): void
  /** Ends at once and without a word; what waits for the network is not sent any more. */
  terminate(): void
}

/** What a request to come in brings. */
export interface Arrival {
  readonly request: IncomingMessage
  readonly id: string
  readonly carrier: Carrier
}

/** Whom `recheck` is about; everybody where nothing is given. */
export interface RecheckFilter {
  /** Connections to this document. */
  readonly id?: string | undefined
  /** Connections of this person. */
  readonly person?: string | undefined
}

type Admitted = Verdict & { ok: true }

/** A connection of the door. */
export class Connection {
  readonly #door: Door
  readonly #carrier: Carrier
  readonly #id: string
  /** Kept only where somebody may be asked about it again: it is the largest part of a quiet connection. */
  #request: IncomingMessage | null
  #heard: (() => void)[] | null = null
  #person: string | null = null
  #session: Session | null = null
  #question: Question | null = null
  #leaveAddress: Disposer = nothing
  #cancelExpiry: Disposer = nothing

  constructor(door: Door, arrival: Arrival) {
    this.#door = door
    this.#carrier = arrival.carrier
    this.#id = arrival.id
    this.#request = door.authorize ? arrival.request : null
  }

  /** Lets it in, turns it away, or asks first; then frames wait unread in the socket. */
  begin(request: IncomingMessage): void {
    const { authorize, connections, strangers, relay } = this.#door
    connections.add(this)
    this.#carrier.onClosed(() => this.#closed())
    const refusal = this.#refusal(request)
    if (refusal) return this.#turnAway(refusal)
    if (!authorize) return this.#enter(EVERYBODY)
    if (strangers.size >= relay.limits.waitingHandshakesMax) {
      return this.#turnAway(closings.waitingHandshakes())
    }
    strangers.add(this)
    this.#carrier.peer.pause()
    this.#ask(relay.limits.handshakeMs).put()
  }

  /** Whether a `recheck` is about it. Who it is may not be known yet. */
  isMeant({ id, person }: RecheckFilter): boolean {
    if (id !== undefined && id !== this.#id) return false
    return person === undefined || this.#person === null || this.#person === person
  }

  /** From now on nothing is sent or read until it was asked again whether it may; then, or at its end, calls back. */
  recheck(heard: () => void): void {
    if (!this.#session && !this.#question) return heard()
    this.#heard = [...(this.#heard ?? []), heard]
    this.#session?.suspend()
    const question = this.#question ?? this.#ask(this.#door.relay.limits.recheckMs)
    question.putAgain()
  }

  /** What can be said without asking anybody. Addresses first: who hammers is to cost the least. */
  #refusal(request: IncomingMessage): Closing | null {
    const { addresses, hosts, origins, trustedProxies } = this.#door
    const address = addressOf(request, { trustedProxies })
    const entry = address === null ? null : addresses.enter(address)
    if (entry?.ok === false) return entry.closing
    if (entry) this.#leaveAddress = entry.leave
    const { origin, host, 'sec-fetch-site': site } = request.headers
    if (!isAllowedHost(host, hosts)) return closings.foreignHost()
    if (!isAllowedOrigin({ origin, host, site: site?.toString() }, origins)) {
      return closings.foreignOrigin()
    }
    return isDocumentId(this.#id) ? null : closings.badDocumentId()
  }

  #turnAway(closing: Closing): void {
    this.#door.relay.turnAway(this.#carrier.peer, closing)
  }

  #ask(withinMs: number): Question {
    const { authorize, clock, log, relay } = this.#door
    const request = this.#request
    const question = new Question(
      { clock, log, limits: relay.limits },
      {
        withinMs,
        ask: (signal) => (request ? authorize?.(request, this.#id, signal) : null),
        hear: (verdict) => this.#hear(this.#inTime(verdict)),
      },
    )
    this.#question = question
    return question
  }

  /** Who is let in until a moment that has passed is not let in. */
  #inTime(verdict: Verdict): Verdict {
    const isOver = verdict.ok && verdict.expiresAt <= this.#door.clock.now()
    return isOver ? { ok: false, closing: closings.notSignedIn() } : verdict
  }

  #hear(verdict: Verdict): void {
    this.#question = null
    this.#door.strangers.delete(this)
    if (this.#session) this.#judge(this.#session, verdict)
    else if (verdict.ok) this.#enter(verdict)
    else this.#turnAway(verdict.closing)
    this.#callBack()
  }

  #enter({ role, person, expiresAt }: Admitted): void {
    const { peer, kolam } = this.#carrier
    const session = this.#door.relay.connect(this.#id, peer, { kolam, role, person })
    this.#session = session
    this.#person = person
    this.#carrier.letIn(session)
    this.#expireAt(expiresAt)
    peer.resume()
  }

  #judge(session: Session, verdict: Verdict): void {
    if (!verdict.ok) return this.#expel(session, verdict.closing)
    // What was sent is stored under the name of the one who was let in; the new one comes in by the door.
    if (verdict.person !== this.#person) return this.#expel(session, closings.cannotTellWho())
    session.setRole(verdict.role)
    this.#expireAt(verdict.expiresAt)
    session.release()
  }

  /** Who reads slowly would still be sent what waits for the network, before the close. */
  #expel(session: Session, closing: Closing): void {
    const isBehind = this.#carrier.peer.bufferedBytes > 0
    session.end(closing)
    if (isBehind) this.#carrier.terminate()
  }

  #expireAt(expiresAt: number): void {
    const { clock } = this.#door
    this.#cancelExpiry()
    if (expiresAt === Infinity) return
    this.#cancelExpiry = clock.after(expiresAt - clock.now(), () => {
      // A platform's timer is shorter than some permissions.
      if (clock.now() < expiresAt) this.#expireAt(expiresAt)
      else this.recheck(nothing)
    })
  }

  #closed(): void {
    this.#door.connections.delete(this)
    this.#door.strangers.delete(this)
    this.#question?.drop()
    this.#question = null
    this.#session = null
    this.#request = null
    this.#cancelExpiry()
    this.#leaveAddress()
    this.#callBack()
  }

  #callBack(): void {
    const waiting = this.#heard ?? []
    this.#heard = null
    for (const heard of waiting) heard()
  }
}

function nothing(): void {}
