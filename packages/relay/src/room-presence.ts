/**
 * When presence goes out: at the end of the turn, with a commit of the room that is under way, or after a small pace;
 * and the probes that bring back people whom others take for old news. The states are kept in `Presence`.
 */
import type { Clock, Disposer } from '@kolam/base'
import { encodeAwareness, encodeMessage, type RawAwarenessEntry } from '@kolam/protocol'
import { closings } from './errors.ts'
import type { Limits } from './limits.ts'
import { Presence } from './presence.ts'
import type { RoomSession } from './session.ts'

/** What the presence of a room stands on. */
export interface RoomPresencePorts {
  readonly clock: Clock
  readonly limits: Limits
  /** Whether a flush comes soon that presence can ride with. */
  expectsFlush(): boolean
  /** Flushes presence alone. */
  flush(): void
}

/** The presence of an open room. */
export class RoomPresence {
  readonly #ports: RoomPresencePorts
  readonly #presence: Presence<RoomSession>
  readonly #loadedAt: number
  #flushedAt = Number.NEGATIVE_INFINITY
  #cancelFlush: Disposer | null = null
  #cancelProbe: Disposer | null = null
  #probeAgain = false

  constructor(ports: RoomPresencePorts) {
    this.#ports = ports
    this.#presence = new Presence(ports.limits)
    this.#loadedAt = ports.clock.now()
  }

  receive(session: RoomSession, entries: readonly RawAwarenessEntry[]): void {
    const mayBeOld = this.#ports.clock.now() - this.#loadedAt < this.#ports.limits.presenceProbeMs
    const sender = { owner: session, announcing: session.isAnnouncing, mayBeOld }
    const received = this.#presence.receive(sender, entries)
    if (!received.ok) return session.end(closings.badMessage('Cannot read a presence state'))
    if (received.probes.length > 0) session.outbox.send([presenceMessage(received.probes)])
    if (received.rejoined) this.#probeOthers(session)
    this.#schedule()
  }

  leave(session: RoomSession): void {
    this.#presence.leave(session)
    this.#schedule()
  }

  /** Everybody who is there, as one message. */
  whole(): Uint8Array {
    return presenceMessage(this.#presence.live())
  }

  get isEmpty(): boolean {
    return this.#presence.live().length === 0
  }

  /** What changed since the last flush, or null; whoever takes it sends it. */
  take(): Uint8Array | null {
    this.#cancelFlush?.()
    this.#cancelFlush = null
    this.#flushedAt = this.#ports.clock.now()
    return this.#presence.isDirty ? presenceMessage(this.#presence.takeDirty()) : null
  }

  dispose(): void {
    this.#cancelFlush?.()
    this.#cancelProbe?.()
  }

  #schedule(): void {
    if (this.#cancelFlush || !this.#presence.isDirty) return
    const { clock, limits } = this.#ports
    const pacedMs = Math.max(0, this.#flushedAt + limits.presencePaceMs - clock.now())
    const waitMs = this.#ports.expectsFlush() ? limits.presenceRideMs : pacedMs
    this.#cancelFlush = clock.after(waitMs, () => {
      this.#cancelFlush = null
      this.#ports.flush()
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
      if (session !== rejoined && entries.length > 0)
        session.outbox.send([presenceMessage(entries)])
    }
    this.#cancelProbe = this.#ports.clock.after(this.#ports.limits.presenceProbeGatherMs, () => {
      this.#cancelProbe = null
      if (this.#probeAgain) this.#probeOthers(null)
      this.#probeAgain = false
    })
  }
}

function presenceMessage(entries: readonly RawAwarenessEntry[]): Uint8Array {
  return encodeMessage({ type: 'awareness', bytes: encodeAwareness(entries) })
}
