/**
 * Whether the server is still there. A Kolam relay is asked when it has been quiet; a y-websocket server, which
 * answers no ping, is only listened to. It sends nothing itself and judges by the clock alone.
 */

import type { Clock, Disposer } from '@kolam/base'
import type { Timing } from './timing.ts'

/** What a heartbeat needs of its line. */
export interface HeartbeatPort {
  readonly clock: Clock
  readonly timing: Timing
  /** Asks the server for any answer. */
  ask(): void
  /** The server is not there any more; called at most once. */
  dead(): void
  /** Bytes the network still has to take: while they shrink, the line lives. */
  bufferedBytes(): number
}

/** Watches one open line until stop(). */
export class Heartbeat {
  readonly #port: HeartbeatPort
  #asks = false
  #synced = false
  #heardMs: number
  #heardCount = 0
  #cancel: Disposer | null = null

  constructor(port: HeartbeatPort) {
    this.#port = port
    this.#heardMs = port.clock.now()
  }

  /** Begins to watch. */
  start(): void {
    this.#wait()
  }

  /** Something came from the server. */
  heard(): void {
    this.#heardMs = this.#port.clock.now()
    this.#heardCount += 1
  }

  /** The server answers pings: from now on it is asked after a short silence. */
  answersPings(): void {
    if (this.#asks) return
    this.#asks = true
    this.#wait()
  }

  /** The document has arrived, so that a silence is not one large message any more. */
  synced(): void {
    if (this.#synced) return
    this.#synced = true
    this.#wait()
  }

  /** Asks at once and gives little time: the machine may have slept, or changed its network. */
  probe(): void {
    this.#ask(this.#port.timing.probeMs)
  }

  /** Ends the watch. */
  stop(): void {
    this.#cancel?.()
    this.#cancel = null
  }

  /** `isLate`: the machine slept meanwhile, and nobody may have told of its waking. */
  #wait(isLate = false): void {
    const { clock, timing } = this.#port
    const canAsk = this.#asks && this.#synced
    const quietMs = canAsk ? timing.quietMs : this.#silenceMs()
    const nowMs = clock.now()
    const leftMs = this.#heardMs + quietMs - nowMs
    // Less than a millisecond is over: to wait for a fraction that rounding takes away would never end.
    if (leftMs >= 1) this.#in(leftMs, () => this.#wait(clock.now() > nowMs + 2 * leftMs))
    else if (canAsk) this.#ask(isLate ? timing.probeMs : timing.pongMs)
    else this.#port.dead()
  }

  #ask(answerMs: number): void {
    const heardBefore = this.#heardCount
    const buffered = this.#port.bufferedBytes()
    this.#port.ask()
    this.#in(this.#synced ? answerMs : this.#silenceMs(), () => {
      if (this.#heardCount > heardBefore) return this.#wait()
      // A large upload ahead of the question delays its answer; it is judged again when it stops moving.
      const left = this.#port.bufferedBytes()
      if (left > 0 && left < buffered) return this.#ask(this.#port.timing.pongMs)
      this.#port.dead()
    })
  }

  #silenceMs(): number {
    return this.#synced ? this.#port.timing.stockSilenceMs : this.#port.timing.syncSilenceMs
  }

  #in(ms: number, run: () => void): void {
    this.stop()
    this.#cancel = this.#port.clock.after(ms, run)
  }
}
