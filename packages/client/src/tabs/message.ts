/** What tabs say to each other, as bytes. They are of one origin and mostly of one version; what is unknown is ignored. */

import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/**
 * `hello`: I am new and have this much. `state`: this much I have, and what you lack. `update`: something new.
 * `presence`: awareness entries. `who`: say your presence again. `alive`: I hold the lock of that awareness id until I go.
 */
export type TabMessage =
  | { readonly type: 'hello'; readonly from: number; readonly vector: Uint8Array }
  | {
      readonly type: 'state'
      readonly to: number
      readonly vector: Uint8Array
      readonly update: Uint8Array
    }
  | { readonly type: 'update'; readonly update: Uint8Array }
  | { readonly type: 'presence'; readonly entries: Uint8Array }
  | { readonly type: 'who' }
  | { readonly type: 'alive'; readonly from: number }

const TYPES = ['hello', 'state', 'update', 'presence', 'who', 'alive'] as const

/** The bytes of a message. */
export function encodeTabMessage(message: TabMessage): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, TYPES.indexOf(message.type))
    if ('from' in message) encoding.writeVarUint(encoder, message.from)
    if (message.type === 'state') encoding.writeVarUint(encoder, message.to)
    for (const bytes of partsOf(message)) encoding.writeVarUint8Array(encoder, bytes)
  })
}

function partsOf(message: TabMessage): readonly Uint8Array[] {
  switch (message.type) {
    case 'hello':
      return [message.vector]
    case 'state':
      return [message.vector, message.update]
    case 'update':
      return [message.update]
    case 'presence':
      return [message.entries]
    case 'who':
    case 'alive':
      return []
  }
}

/** The message in these bytes; null when there is none that this version knows. */
export function decodeTabMessage(message: Uint8Array): TabMessage | null {
  try {
    return readMessage(decoding.createDecoder(message))
  } catch {
    return null
  }
}

function readMessage(decoder: decoding.Decoder): TabMessage | null {
  const type = TYPES[decoding.readVarUint(decoder)]
  const bytes = () => decoding.readVarUint8Array(decoder)
  switch (type) {
    case 'hello':
      return { type, from: decoding.readVarUint(decoder), vector: bytes() }
    case 'state':
      return { type, to: decoding.readVarUint(decoder), vector: bytes(), update: bytes() }
    case 'update':
      return { type, update: bytes() }
    case 'presence':
      return { type, entries: bytes() }
    case 'who':
      return { type }
    case 'alive':
      return { type, from: decoding.readVarUint(decoder) }
    case undefined:
  }
  return null
}
