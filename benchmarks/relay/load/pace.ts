/** Sends on time, spread evenly: with n writers at f hertz, one of them writes every 1 / (n × f) seconds. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Pen } from './world.ts'

export interface PaceOptions {
  readonly pens: readonly Pen[]
  readonly movesHz: number
  readonly cursorsHz: number
  readonly seconds: number
}

/** What was sent. */
export interface Sent {
  readonly moves: number
  readonly cursors: number
  /** How late the latest was written, because the load had other things to do. */
  readonly latestMs: number
}

const TICK_MS = 1

/** Resolves when everything was written. Cursors go halfway between the moves. */
export async function pace({ pens, movesHz, cursorsHz, seconds }: PaceOptions): Promise<Sent> {
  const moves = new Turns(pens, { hz: movesHz, seconds, offset: 0 })
  const cursors = new Turns(pens, { hz: cursorsHz, seconds, offset: 0.5 })
  const start = performance.now()
  while (!moves.isOver || !cursors.isOver) {
    const now = performance.now() - start
    moves.run(now, ({ writer, person }) => person.write(writer.nextMove()))
    cursors.run(now, ({ writer, person }) => person.write(writer.nextCursor()))
    await sleep(TICK_MS)
  }
  return {
    moves: moves.done,
    cursors: cursors.done,
    latestMs: Math.max(moves.latestMs, cursors.latestMs),
  }
}

/** Writers one after the other, round and round. */
class Turns {
  readonly #pens: readonly Pen[]
  readonly #total: number
  readonly #intervalMs: number
  readonly #offsetMs: number
  done = 0
  latestMs = 0

  constructor(pens: readonly Pen[], when: { hz: number; seconds: number; offset: number }) {
    this.#pens = pens
    this.#total = pens.length * when.hz * when.seconds
    this.#intervalMs = 1000 / (pens.length * when.hz)
    this.#offsetMs = (when.offset * 1000) / when.hz
  }

  get isOver(): boolean {
    return this.done >= this.#total
  }

  run(now: number, act: (pen: Pen) => void): void {
    while (!this.isOver) {
      const due = this.#offsetMs + this.done * this.#intervalMs
      if (due > now) return
      this.latestMs = Math.max(this.latestMs, now - due)
      act(this.#pens[this.done % this.#pens.length]!)
      this.done += 1
    }
  }
}
