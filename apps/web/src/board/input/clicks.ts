/** Tells double clicks from clicks: pointer events do not count them. Pure but for what it remembers. */
import type { Vec } from '@kolam/geometry'

export interface Press {
  readonly at: Vec
  readonly button: number
  readonly timeMs: number
}

const DOUBLE_MS = 400
/** A finger lands less exactly than a mouse; this is enough for both. */
const DOUBLE_PX = 12

/** Counts presses that follow each other at one spot. */
export class ClickCounter {
  #last: Press | null = null

  /** 1, or 2 when this press makes a double click; a third press begins again. */
  press(press: Press): 1 | 2 {
    const isDouble = this.#last !== null && follows(this.#last, press)
    this.#last = isDouble ? null : press
    return isDouble ? 2 : 1
  }

  forget(): void {
    this.#last = null
  }
}

function follows(first: Press, second: Press): boolean {
  return (
    first.button === second.button &&
    second.timeMs - first.timeMs <= DOUBLE_MS &&
    Math.hypot(second.at.x - first.at.x, second.at.y - first.at.y) <= DOUBLE_PX
  )
}
