/**
 * When presence goes out: at the end of the turn, with a commit of the room that is under way, or after a small pace;
 * and the probes that bring back people whom others take for old news. The states are kept in `Presence`.
 */
import type { Clock, Disposer } from '@kolam/base'
import { encodeAwareness, encodeMessage, LIMITS, type RawAwarenessEntry } from '@kolam/protocol'
import { closings } from './errors.ts'
import type { Limits } from './limits.ts'
import { firstPortion, Presence } from './presence.ts'
import { PresenceNames } from './presence-names.ts'
import type { PresenceRules } from './presence-rules.ts'
import type { RoomSession } from './session.ts'

/** What the presence of a room stands on. */
export interface RoomPresencePorts {
  readonly clock: Clock
  readonly limits: Limits
  readonly rules: PresenceRules
  /** Whether a flush comes soon that presence can ride with. */
  expectsFlush(): boolean
  /** The pause between two flushes. */
  paceMs(): number
  /** Flushes presence alone. */
  flush(): void
}

/** What changed, and the one connection that knows all of it already, if there is one. */
export interface PresenceNews {
  readonly message: Uint8Array
  readonly sole: RoomSession | null
}

/** Below what a message may be, so that a crowd is several messages. */
const MESSAGE_BYTES_MAX = LIMITS.awarenessBytesMax / 4

/** The presence of an open room. */
export class RoomPresence {
  readonly #ports: RoomPresencePorts
  readonly #presence: Presence<RoomSession>
  readonly #names: PresenceNames<RoomSession>
  readonly #loadedAt: number
  #flushedAt = Number.NEGATIVE_INFINITY
  #cancelFlush: Disposer | null = null
  #cancelProbe: Disposer | null = null
  #probeAgain = false

  constructor(ports: RoomPresencePorts) {
    this.#ports = ports
    this.#presence = new Presence(ports)
    this.#names = new PresenceNames({
      rules: ports.rules,
      stateOf: (session) => this.#presence.stateOf(session),
    })
    this.#loadedAt = ports.clock.now()
  }

  receive(session: RoomSession, entries: readonly RawAwarenessEntry[]): void {
    const now = this.#ports.clock.now()
    const mayBeOld = now - this.#loadedAt < this.#ports.limits.presenceProbeMs
    const sender = { owner: session, announcing: session.isAnnouncing, mayBeOld, now }
    const received = this.#presence.receive(sender, entries)
    if (!received.ok) return session.end(closings.badMessage('Cannot read a presence state'))
    for (const [to, probes] of received.probes) to.outbox.sendProbe(presenceMessage(probes))
    if (received.othersMustMove) this.#probeOthers(session)
    this.#schedule()
  }

  leave(session: RoomSession): void {
    this.#presence.leave(session)
    this.#schedule()
  }

  /** What somebody goes by; empty where it gave no name. */
  nameOf(session: RoomSession): string {
    return this.#names.nameOf(session, this.#ports.clock.now())
  }

  /** Everybody who is there, in as many messages as that takes. */
  whole(): Uint8Array[] {
    return messagesOf(this.#presence.live())
  }

  /** The same with those who are gone, for somebody who may still see them. */
  wholeAndGone(): Uint8Array[] {
    return messagesOf(this.#presence.all())
  }

  /** Makes one connection advance the clocks of its ids, which it should have been asked when it did not read. */
  probe(session: RoomSession): void {
    const entries = this.#presence.probes().get(session)
    if (entries) session.outbox.sendProbe(presenceMessage(entries))
  }

  /** What changed since the last flush, or null; whoever takes it sends it. More than a message takes comes later. */
  take(): PresenceNews | null {
    this.#cancelFlush?.()
    this.#cancelFlush = null
    this.#flushedAt = this.#ports.clock.now()
    if (!this.#presence.isDirty) return null
    const taken = this.#presence.takeDirty(MESSAGE_BYTES_MAX)
    const news = { message: presenceMessage(taken), sole: this.#presence.soleOwner(taken) }
    this.#schedule()
    return news
  }

  dispose(): void {
    this.#cancelFlush?.()
    this.#cancelProbe?.()
  }

  #schedule(): void {
    if (this.#cancelFlush || !this.#presence.isDirty) return
    const { clock } = this.#ports
    if (this.#ports.expectsFlush()) return this.#ride()
    const pacedMs = Math.max(0, this.#flushedAt + this.#ports.paceMs() - clock.now())
    // A commit that began while this waited for its pace is worth a moment more: two writes become one.
    this.#after(pacedMs, () => {
      if (this.#ports.expectsFlush()) this.#ride()
      else this.#ports.flush()
    })
  }

  /** Waits for a commit of the room, whose write takes presence along. */
  #ride(): void {
    const rideMs = this.#ports.paceMs() + this.#ports.limits.presenceRideMs
    this.#after(rideMs, () => this.#ports.flush())
  }

  #after(waitMs: number, run: () => void): void {
    this.#cancelFlush = this.#ports.clock.after(waitMs, () => {
      this.#cancelFlush = null
      run()
    })
  }

  /**
   * Whoever rejoins remembers old clocks of the others, which therefore have to move. The first rejoin is served at
   * once; those of the next moments share one round, or N who rejoin would cause N rounds of N answers.
   */
  #probeOthers(rejoined: RoomSession | null): void {
    if (this.#cancelProbe) {
      this.#probeAgain = true
      return
    }
    for (const [session, entries] of this.#presence.probes()) {
      if (session !== rejoined) session.outbox.sendProbe(presenceMessage(entries))
    }
    this.#cancelProbe = this.#ports.clock.after(this.#ports.limits.presenceProbeGatherMs, () => {
      this.#cancelProbe = null
      if (this.#probeAgain) this.#probeOthers(null)
      this.#probeAgain = false
    })
  }
}

function messagesOf(entries: RawAwarenessEntry[]): Uint8Array[] {
  const messages: Uint8Array[] = []
  let rest = entries
  while (rest.length > 0) {
    const portion = firstPortion(rest, MESSAGE_BYTES_MAX)
    rest = rest.slice(portion.length)
    messages.push(presenceMessage(portion))
  }
  return messages
}

function presenceMessage(entries: readonly RawAwarenessEntry[]): Uint8Array {
  return encodeMessage({ type: 'awareness', bytes: encodeAwareness(entries) })
}
