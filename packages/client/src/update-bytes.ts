/** What the client reads and writes in the bytes of an update. Knows no content. */
import * as encoding from 'lib0/encoding'

/** A clock of each of some client ids. */
export type Clocks = ReadonlyMap<number, number>

/** Whether an update says more than what is deleted: its first number is how many authors it has. */
export function hasStructs(update: Uint8Array): boolean {
  return update.length > 0 && update[0] !== 0
}

/**
 * The same deletions, from an author who adds nothing to them: what two people delete has the same bytes, and neither
 * could tell the echo of the other from its own. Whoever applies it finds no struct to take in.
 */
export function signed(deletions: Uint8Array, clientId: number): Uint8Array {
  return encoding.encode((encoder) => {
    // One author, no structs of it, its id, a clock that means nothing; then the deletions as they are.
    for (const number of [1, 0, clientId, 0]) encoding.writeVarUint(encoder, number)
    encoding.writeUint8Array(encoder, deletions.subarray(1))
  })
}

/** The smaller clock of each client that is in any of these. */
export function earliest(...all: readonly Clocks[]): Clocks {
  const clocks = new Map<number, number>()
  for (const [client, clock] of all.flatMap((some) => [...some])) {
    clocks.set(client, Math.min(clock, clocks.get(client) ?? clock))
  }
  return clocks
}
