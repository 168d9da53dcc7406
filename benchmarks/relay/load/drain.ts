/** Waiting until what was sent has arrived, and counting what has not. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Person } from './person.ts'

/** What has not arrived. */
export interface Missing {
  readonly updates: number
  readonly cursors: number
}

const LOOK_MS = 5

/** Resolves when these people have everything, or after the limit with what they lack. */
export async function drain(people: readonly Person[], limitMs: number): Promise<Missing> {
  const deadline = performance.now() + limitMs
  for (;;) {
    const missing = missingOf(people)
    if (missing.updates + missing.cursors === 0 || performance.now() > deadline) return missing
    await sleep(LOOK_MS)
  }
}

export function missingOf(people: readonly Person[]): Missing {
  return {
    updates: people.reduce((sum, person) => sum + person.missing, 0),
    cursors: people.reduce((sum, person) => sum + person.staleCursors, 0),
  }
}
