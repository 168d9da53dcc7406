/** What the client reads and writes in the bytes of an update. Knows no content. */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/** A clock of each of some client ids. */
export type Clocks = ReadonlyMap<number, number>

/** Whether an update says more than what is deleted: its first number is how many authors it has. */
export function hasStructs(update: Uint8Array): boolean {
  return update.length > 0 && update[0] !== 0
}

/**
 * The same update with an author in front who adds nothing to it, so that no other client sends these very bytes: what
 * two people delete has the same ones, and so has what two tabs hand over; with a number of its own, this client sends
 * them once only. Whoever applies it finds no struct to take in.
 */
export function signed(update: Uint8Array, clientId: number, number: number): Uint8Array {
  const decoder = decoding.createDecoder(update)
  const authors = decoding.readVarUint(decoder)
  const rest = update.subarray(decoder.pos)
  const author = authors === 0 ? clientId : above(highestAuthor(decoder), clientId)
  if (author > Number.MAX_SAFE_INTEGER) return update
  return encoding.encode((encoder) => {
    // One author more: no structs of it, its id, a clock that means nothing; then everything as it is.
    for (const head of [authors + 1, 0, author, number]) encoding.writeVarUint(encoder, head)
    encoding.writeUint8Array(encoder, rest)
  })
}

/** Authors stand with the highest id first; the count of structs stands before each. */
function highestAuthor(decoder: decoding.Decoder): number {
  decoding.readVarUint(decoder)
  return decoding.readVarUint(decoder)
}

function above(highest: number, clientId: number): number {
  return clientId > highest ? clientId : highest + 1 + clientId
}

/** The smaller clock of each client that is in any of these. */
export function earliest(...all: readonly Clocks[]): Clocks {
  const clocks = new Map<number, number>()
  for (const [client, clock] of all.flatMap((some) => [...some])) {
    clocks.set(client, Math.min(clock, clocks.get(client) ?? clock))
  }
  return clocks
}
