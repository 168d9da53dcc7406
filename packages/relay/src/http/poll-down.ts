/**
 * The way down as answers to polls. Each poll says how many bytes its client has; what it lacks is kept until then, so
 * that an answer that got lost is given again. How much can gather here is the relay's to bound, as with a socket.
 */
import type { ServerResponse } from 'node:http'
import type { Clock, Disposer } from '@kolam/base'
import type { Limits } from '../limits.ts'
import { answerStatus, beginBytes } from './headers.ts'
import type { WayDown, WayEvents } from './way-down.ts'

/** What polls stand on. */
export interface PollPorts {
  readonly clock: Clock
  readonly limits: Limits
}

export class PollDown implements WayDown {
  readonly #ports: PollPorts
  readonly #events: WayEvents
  /** Bytes the client does not have, and how many it has. They may be shared with other lines. */
  #kept: Uint8Array[] = []
  #keptBytes = 0
  #taken = 0
  #poll: ServerResponse | null = null
  #isFinished = false
  #isOver = false
  #isAnswerSoon = false
  /** Of the poll that waits, or of the next one that does not come. */
  #cancelTimer: Disposer = nothing

  constructor(ports: PollPorts, events: WayEvents) {
    this.#ports = ports
    this.#events = events
  }

  get bufferedBytes(): number {
    return this.#keptBytes
  }

  /** A poll by a client that has so many bytes. The newest one is answered, the one before it with nothing. */
  ask(response: ServerResponse, after: number): void {
    if (this.#isOver) return answerStatus(response, 404)
    const acknowledged = after - this.#taken
    if (acknowledged < 0 || acknowledged > this.#keptBytes) return answerStatus(response, 409)
    this.#letGo()
    this.#forget(acknowledged)
    if (this.#isFinished && this.#keptBytes === 0) {
      answerStatus(response, 204)
      return this.#end()
    }
    this.#hold(response)
    if (this.#keptBytes > 0) this.#answer()
    if (acknowledged > 0 && this.#keptBytes === 0) this.#events.drained()
  }

  write(bytes: Uint8Array): void {
    if (this.#isFinished || this.#isOver || bytes.length === 0) return
    this.#kept.push(bytes)
    this.#keptBytes += bytes.length
    this.#answerSoon()
  }

  finish(): void {
    this.#isFinished = true
    this.#answerSoon()
  }

  cut(): void {
    this.#poll?.destroy()
    this.#poll = null
    this.#end()
  }

  #hold(response: ServerResponse): void {
    this.#cancelTimer()
    this.#poll = response
    this.#cancelTimer = this.#ports.clock.after(this.#ports.limits.httpPollMs, () => this.#letGo())
    response.on('error', nothing)
    response.on('close', () => {
      if (this.#poll === response) this.#letGo()
    })
  }

  /** The poll that waits is answered with nothing; from now on the next one is waited for. */
  #letGo(): void {
    this.#cancelTimer()
    const poll = this.#poll
    this.#poll = null
    if (poll) answerStatus(poll, 204)
    if (this.#isOver) return
    this.#cancelTimer = this.#ports.clock.after(this.#ports.limits.httpAwayMs, () => this.#end())
  }

  /** All of a turn in one answer. */
  #answerSoon(): void {
    if (this.#isAnswerSoon) return
    this.#isAnswerSoon = true
    queueMicrotask(() => {
      this.#isAnswerSoon = false
      if (this.#keptBytes > 0) this.#answer()
    })
  }

  #answer(): void {
    const poll = this.#poll
    if (!poll) return
    const bytes = this.#first(this.#ports.limits.httpPollBytesMax)
    beginBytes(poll, bytes.length)
    poll.end(bytes)
    this.#letGo()
  }

  #first(bytesMax: number): Uint8Array {
    const parts: Uint8Array[] = []
    let left = bytesMax
    for (const part of this.#kept) {
      if (left === 0) break
      parts.push(part.subarray(0, left))
      left -= Math.min(left, part.length)
    }
    return Buffer.concat(parts)
  }

  #forget(acknowledged: number): void {
    this.#taken += acknowledged
    this.#keptBytes -= acknowledged
    let left = acknowledged
    let gone = 0
    while (left > 0 && left >= this.#kept[gone]!.length) left -= this.#kept[gone++]!.length
    this.#kept.splice(0, gone)
    if (left > 0) this.#kept[0] = this.#kept[0]!.subarray(left)
  }

  #end(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#letGo()
    this.#kept = []
    this.#keptBytes = 0
    this.#events.ended()
  }
}

function nothing(): void {}
