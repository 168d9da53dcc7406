/** Short words for tests that use toy documents. */
import { decodeAwarenessEntries, encodeAwarenessEntries } from '@kolam/protocol'
import { encodeStateVector } from '../coverage.ts'
import { toyContent, toyUpdate } from './toy-documents.ts'
import type { RecordingPeer } from './recording-peer.ts'

/** The state vector of somebody who has nothing. */
export const NOTHING: Uint8Array = encodeStateVector(new Map())

/** An update with the structs of one client from `clock` on. */
export function edit(client: number, clock: number, length = 1): Uint8Array {
  return toyUpdate({ structs: [{ client, clock, length }] })
}

/** The same as a message. */
export function editing(
  client: number,
  clock: number,
  length = 1,
): { type: 'update'; update: Uint8Array } {
  return { type: 'update', update: edit(client, clock, length) }
}

/** What somebody knows of the document from what the relay sent. */
export function contentOf(peer: RecordingPeer): string[] {
  return toyContent(...peer.of('step2', 'update').map(({ update }) => update))
}

/** A promise, and the way to keep it. */
export function gate(): { readonly open: () => void; readonly passed: Promise<void> } {
  let open = (): void => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, passed }
}

/** An awareness message; a state of null says that the client is gone. */
export function presence(
  ...entries: readonly (readonly [id: number, clock: number, state: unknown])[]
): {
  type: 'awareness'
  bytes: Uint8Array
} {
  const encoded = entries.map(([clientId, clock, state]) => ({
    clientId,
    clock,
    state: JSON.stringify(state),
  }))
  return { type: 'awareness', bytes: encodeAwarenessEntries(encoded) }
}

/** The presence messages a peer got, each as a list of `[id, clock, state]`. */
export function presenceOf(peer: RecordingPeer): [id: number, clock: number, state: unknown][][] {
  return peer
    .of('awareness')
    .map(({ bytes }) =>
      (decodeAwarenessEntries(bytes) ?? []).map(({ clientId, clock, state }) => [
        clientId,
        clock,
        JSON.parse(state) as unknown,
      ]),
    )
}
