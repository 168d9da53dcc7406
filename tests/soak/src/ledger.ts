/**
 * Everything about one document that anybody was ever told is on disk: what the relay sent, since it sends nothing else,
 * what it advertised, and what it acknowledged. Whatever the server does, a fresh reader must find all of it.
 */
import { decodeMessage } from '@kolam/protocol'
import * as Y from 'yjs'

export class Ledger {
  readonly #doc = new Y.Doc()
  readonly #advertised = new Map<number, number>()

  /** A frame came from the relay. */
  hear(frame: Uint8Array): void {
    const decoded = decodeMessage(frame)
    if (!decoded.ok) throw new Error(`The relay said something unreadable: ${decoded.reason}`)
    const { message } = decoded
    // A step2, an update, a part: whatever brings something.
    if ('update' in message) this.told(message.update)
    if (message.type === 'step1') this.#advertise(message.stateVector)
  }

  /** Somebody was told that this is on disk. */
  told(update: Uint8Array): void {
    Y.applyUpdate(this.#doc, update)
  }

  /** Tells of updates whether they are in the ledger as it is now. */
  reader(): (update: Uint8Array) => boolean {
    const snapshot = Y.snapshot(this.#doc)
    return (update) => Y.snapshotContainsUpdate(snapshot, update)
  }

  /** What a document lacks, as sentences. */
  faults(doc: Y.Doc): string[] {
    const faults: string[] = []
    const state = stateOf(doc)
    for (const [what, vector] of [
      ['told', stateOf(this.#doc)],
      ['advertised', this.#advertised],
    ] as const) {
      for (const [client, clock] of vector) {
        const found = state.get(client) ?? 0
        if (found < clock) faults.push(`${what} ${client} up to ${clock}, found up to ${found}`)
      }
    }
    if (this.#doc.store.pendingStructs) faults.push('told of something that builds on the unknown')
    if (doc.store.pendingStructs) faults.push('found something that builds on the unknown')
    const contains = Y.snapshotContainsUpdate(Y.snapshot(doc), Y.encodeStateAsUpdate(this.#doc))
    if (faults.length === 0 && !contains) faults.push('told of a deletion that is not found')
    return faults
  }

  #advertise(stateVector: Uint8Array): void {
    for (const [client, clock] of Y.decodeStateVector(stateVector)) {
      this.#advertised.set(client, Math.max(clock, this.#advertised.get(client) ?? 0))
    }
  }
}

function stateOf(doc: Y.Doc): Map<number, number> {
  return Y.decodeStateVector(Y.encodeStateVector(doc))
}
