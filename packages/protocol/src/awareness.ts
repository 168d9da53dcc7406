/**
 * The body of an awareness message: who is there, with which clock and state.
 * A state is JSON and stays bytes or text here: whoever forwards it needs no object.
 */
import * as decoding from 'lib0/decoding'
import { decodeUtf8, encodeUtf8 } from 'lib0/string'
import * as LIMITS from './limits.ts'
import { readBytes, readUint, remaining, WireError } from './read.ts'
import type { Decoder } from './read.ts'
import { uintSize, writeUint } from './uint.ts'

/** One client's state as JSON text; the text `null` means it is gone. */
export interface AwarenessEntry {
  readonly clientId: number
  readonly clock: number
  readonly state: string
}

/** The same with the UTF-8 bytes of the JSON, as they stood on the wire. */
export interface RawAwarenessEntry {
  readonly clientId: number
  readonly clock: number
  readonly state: Uint8Array
}

/** The three fields of the shortest entry take a byte each. */
const ENTRY_BYTES_MIN = 3

/** The body of an awareness message, in memory of exactly its size: presence is what a relay builds most. */
export function encodeAwareness(entries: readonly RawAwarenessEntry[]): Uint8Array {
  let size = uintSize(entries.length)
  for (const { clientId, clock, state } of entries) {
    size += uintSize(clientId) + uintSize(clock) + uintSize(state.length) + state.length
  }
  const bytes = new Uint8Array(size)
  let at = writeUint(bytes, 0, entries.length)
  for (const { clientId, clock, state } of entries) {
    at = writeUint(bytes, at, clientId)
    at = writeUint(bytes, at, clock)
    at = writeUint(bytes, at, state.length)
    bytes.set(state, at)
    at += state.length
  }
  return bytes
}

/**
 * The entries of an awareness message, states as views of `bytes`; null where the bytes are none. Never throws. How
 * large one state may be is for whoever passes it on; here only the message bounds it.
 */
export function decodeAwareness(bytes: Uint8Array): RawAwarenessEntry[] | null {
  try {
    return readEntries(decoding.createDecoder(bytes))
  } catch {
    return null
  }
}

/** `encodeAwareness` with the states as text. */
export function encodeAwarenessEntries(entries: readonly AwarenessEntry[]): Uint8Array {
  return encodeAwareness(entries.map((entry) => ({ ...entry, state: encodeUtf8(entry.state) })))
}

/** `decodeAwareness` with the states as text; null also where a state is not UTF-8. Never parses the JSON. */
export function decodeAwarenessEntries(bytes: Uint8Array): AwarenessEntry[] | null {
  try {
    return (
      decodeAwareness(bytes)?.map((entry) => ({ ...entry, state: decodeUtf8(entry.state) })) ?? null
    )
  } catch {
    return null
  }
}

function readEntries(decoder: Decoder): RawAwarenessEntry[] {
  const count = readUint(decoder)
  if (count > LIMITS.awarenessEntriesMax || count * ENTRY_BYTES_MIN > remaining(decoder)) {
    throw new WireError('truncated', `${count} entries`)
  }
  const entries: RawAwarenessEntry[] = []
  for (let i = 0; i < count; i++) entries.push(readEntry(decoder))
  return entries
}

function readEntry(decoder: Decoder): RawAwarenessEntry {
  const clientId = readUint(decoder)
  const clock = readUint(decoder)
  return { clientId, clock, state: readBytes(decoder, LIMITS.awarenessBytesMax) }
}
