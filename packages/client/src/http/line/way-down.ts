/**
 * How bytes of a line come: as one answer that goes on, or, where something on the way gathers answers until they end,
 * as the answers to one poll after another.
 */

import type { Clock } from '@kolam/base'
import type { HttpCall, SendHttp } from './port.ts'
import { isPassing, pause, type WholeAnswer, wholeAnswer } from './request.ts'
import type { HttpTiming } from '../timing.ts'

/** What a way down stands on. */
export interface WayDownPort {
  readonly clock: Clock
  readonly timing: HttpTiming
  readonly send: SendHttp
  /** Where a line is opened. */
  readonly openUrl: string
  /** Where the line that was opened is asked; null before its first record. */
  lineUrl(this: void): string | null
  /** Bytes came, in order and each once. */
  bytes(this: void, bytes: Uint8Array): void
  /** No more will come. `reached`: a server had begun to answer. */
  ended(this: void, reached: boolean): void
}

/** A way down that has begun. */
export interface WayDown {
  /** Nobody listens any more. */
  stop(): void
}

/** One answer that goes on. */
export function streamDown({ send, openUrl, bytes, ended }: WayDownPort): WayDown {
  let isOver = false
  const call = send({ method: 'GET', url: openUrl })
  async function read(): Promise<void> {
    let isReached = false
    try {
      const answer = await call.answer
      isReached = answer.status === 200
      for (let piece = isReached ? await answer.next() : null; piece; piece = await answer.next()) {
        if (isOver) return
        bytes(piece)
      }
    } catch {
      // Breaking off is an end like any other.
    }
    if (!isOver) ended(isReached)
  }
  void read()
  return {
    stop() {
      isOver = true
      call.abort()
    },
  }
}

/** One poll after another. */
export function pollDown(port: WayDownPort): WayDown {
  const polls = new Polls(port)
  void polls.run()
  return polls
}

class Polls implements WayDown {
  readonly #port: WayDownPort
  #received = 0
  #isOver = false
  #call: HttpCall | null = null
  /** Polls in a row that brought nothing although they should have, or should have waited. */
  #failures = 0

  constructor(port: WayDownPort) {
    this.#port = port
  }

  stop(): void {
    this.#isOver = true
    this.#call?.abort()
  }

  async run(): Promise<void> {
    while (!this.#isOver && (await this.#poll()));
    if (!this.#isOver) this.#port.ended(this.#received > 0)
  }

  /** Asks once; false where it makes no sense to ask again. */
  async #poll(): Promise<boolean> {
    const { clock, timing, send, openUrl, lineUrl } = this.#port
    const line = lineUrl()
    const startMs = clock.now()
    this.#call = send({
      method: 'GET',
      url: line === null ? `${openUrl}&poll` : `${line}&after=${this.#received}`,
    })
    const answer = await wholeAnswer(this.#call)
    if (this.#isOver) return false
    if (this.#take(answer)) return true
    // A server waits before it says that there is nothing; who says so at once is something else, and is not hammered.
    const isNothing = answer.status === 204 && line !== null
    if (isNothing && clock.now() - startMs >= timing.retryMs) return true
    this.#failures += 1
    const mayTry = line !== null && (isNothing || isPassing(answer))
    if (!mayTry || this.#failures > timing.retriesMax) return false
    await pause(clock, timing.retryMs)
    return true
  }

  #take({ status, bytes }: WholeAnswer): boolean {
    if (status !== 200 || bytes.length === 0) return false
    this.#failures = 0
    this.#received += bytes.length
    this.#port.bytes(bytes)
    return true
  }
}
