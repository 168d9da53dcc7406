/** The storms that are compared. */
import { storm, type StormOptions } from './storm.ts'

/** One of them, as the tables name it. */
export interface Case extends Omit<StormOptions, 'clients' | 'seed'> {
  readonly name: string
}

const KILLED = { goodbye: false }

/** Each with and without jitter, side by side. */
export const CASES: readonly Case[] = [
  { ...KILLED, name: 'killed, 1 s away', awayMs: 1_000, jitter: true },
  { ...KILLED, name: 'killed, 1 s away', awayMs: 1_000, jitter: false },
  { ...KILLED, name: 'killed, 10 s away', awayMs: 10_000, jitter: true },
  { ...KILLED, name: 'killed, 10 s away', awayMs: 10_000, jitter: false },
  { ...KILLED, name: 'killed, 60 s away', awayMs: 60_000, jitter: true },
  { ...KILLED, name: 'killed, 60 s away', awayMs: 60_000, jitter: false },
  { name: 'stopped with a goodbye, 1 s away', goodbye: true, awayMs: 1_000, jitter: true },
]

/** The ones drawn tenth by tenth of a second. */
export const DRAWN = { awayMs: 1_000, goodbye: false } as const

/** Absences for which the last of a few is told, over this many seeds. */
export const LAST_OF = { absencesMs: [500, 1_000, 2_000, 5_000, 10_000], seeds: 200 } as const

/** When the last of so many clients is back, for each seed, since the server takes lines again; in order. */
export function lastsOf(clients: number, awayMs: number, firstSeed: number): number[] {
  const killed = { ...KILLED, clients, awayMs, jitter: true }
  const lasts = Array.from({ length: LAST_OF.seeds }, (_, i) =>
    Math.max(...storm({ ...killed, seed: firstSeed + i }).backMs),
  )
  return lasts.sort((a, b) => a - b)
}
