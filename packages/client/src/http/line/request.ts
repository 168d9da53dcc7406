/** One request from its beginning to the end of its answer, and the pause before it is tried again. */

import type { Clock } from '@kolam/base'
import { joined } from './bytes.ts'
import type { HttpCall } from './port.ts'

/** A whole answer; status 0 where none came, or not all of it. */
export interface WholeAnswer {
  readonly status: number
  readonly bytes: Uint8Array
}

const NONE: WholeAnswer = { status: 0, bytes: new Uint8Array() }

/** Waits for all of an answer; never rejects. */
export async function wholeAnswer(call: HttpCall): Promise<WholeAnswer> {
  try {
    const answer = await call.answer
    const pieces: Uint8Array[] = []
    for (let piece = await answer.next(); piece; piece = await answer.next()) pieces.push(piece)
    return { status: answer.status, bytes: joined(pieces) }
  } catch {
    return NONE
  }
}

/** Whether the same request may do better a moment later: nobody answered, or somebody on the way who could not. */
export function isPassing({ status }: WholeAnswer): boolean {
  return status === 0 || status >= 500
}

/** Resolves after a while. */
export function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve)
  })
}
