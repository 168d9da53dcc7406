/**
 * The messages of the wire: `encodeMessage` and `decodeMessage`, one message a frame. PROTOCOL.md has the equations.
 * Never looks inside an update or a state vector; of awareness only `awareness.ts` does.
 */
import * as decoding from 'lib0/decoding'
import { encodeUtf8 } from 'lib0/string'
import * as LIMITS from './limits.ts'
import { checkLength, readBytes, readText, readUint, remaining, WireError } from './read.ts'
import type { DecodeErrorCode, Decoder } from './read.ts'
import { uintSize, writeUint } from './uint.ts'

/** One message. The last six are of the subprotocol `kolam.1`, the others are y-websocket's. */
export type Message =
  | { readonly type: 'step1'; readonly stateVector: Uint8Array }
  | { readonly type: 'step2'; readonly update: Uint8Array }
  | { readonly type: 'update'; readonly update: Uint8Array }
  | { readonly type: 'awareness'; readonly bytes: Uint8Array }
  | { readonly type: 'auth'; readonly reason: string }
  | { readonly type: 'queryAwareness' }
  | { readonly type: 'ping'; readonly nonce: number }
  | { readonly type: 'pong'; readonly nonce: number }
  | { readonly type: 'known' }
  | { readonly type: 'health'; readonly degraded: boolean; readonly reason: string }
  | { readonly type: 'goodbye'; readonly retryAfterMs: number }
  | { readonly type: 'part'; readonly update: Uint8Array }

/** A decoded frame, or why it is none. */
export type DecodeResult =
  | { readonly ok: true; readonly message: Message }
  | { readonly ok: false; readonly code: DecodeErrorCode; readonly reason: string }

const SYNC = 0
const AWARENESS = 1
const AUTH = 2
const QUERY_AWARENESS = 3
const PING = 100
const PONG = 101
const KNOWN = 102
const HEALTH = 103
const GOODBYE = 104
const PART = 105

const STEP1 = 0
const STEP2 = 1
const UPDATE = 2
const PERMISSION_DENIED = 0

/** What a client says of all this. */
export type ClientMessage = Extract<
  Message,
  { type: 'step1' | 'step2' | 'update' | 'awareness' | 'ping' | 'pong' }
>

/** The frame of a message. */
export function encodeMessage(message: Message): Uint8Array {
  switch (message.type) {
    case 'auth':
      return frameOf([AUTH, PERMISSION_DENIED], encodeUtf8(message.reason))
    case 'queryAwareness':
      return frameOf([QUERY_AWARENESS])
    case 'known':
      return frameOf([KNOWN])
    case 'health':
      return frameOf([HEALTH, message.degraded ? 1 : 0], encodeUtf8(message.reason))
    case 'goodbye':
      return frameOf([GOODBYE, message.retryAfterMs])
    case 'part':
      return frameOf([PART], message.update)
    case 'step1':
    case 'step2':
    case 'update':
    case 'awareness':
    case 'ping':
    case 'pong':
      return encodeClientMessage(message)
  }
}

/** The same for a page, which needs to load no more. */
export function encodeClientMessage(message: ClientMessage): Uint8Array {
  switch (message.type) {
    case 'step1':
      return frameOf([SYNC, STEP1], message.stateVector)
    case 'step2':
      return frameOf([SYNC, STEP2], message.update)
    case 'update':
      return frameOf([SYNC, UPDATE], message.update)
    case 'awareness':
      return frameOf([AWARENESS], message.bytes)
    case 'ping':
      return frameOf([PING, message.nonce])
    case 'pong':
      return frameOf([PONG, message.nonce])
  }
}

/**
 * The message of a frame; never throws. Byte arrays of the result are views of `frame`: copy what you keep.
 * A sync message must fill its frame; other messages may be followed by bytes of a later version, which are ignored.
 */
export function decodeMessage(frame: Uint8Array): DecodeResult {
  try {
    return { ok: true, message: readMessage(frame) }
  } catch (error) {
    if (error instanceof WireError) return { ok: false, code: error.code, reason: error.message }
    return { ok: false, code: 'malformed', reason: 'Cannot read the frame' }
  }
}

/** Numbers, then bytes with their length, in memory of exactly that size: a relay builds many. */
function frameOf(numbers: readonly number[], bytes?: Uint8Array): Uint8Array {
  let size = bytes ? uintSize(bytes.length) + bytes.length : 0
  for (const number of numbers) size += uintSize(number)
  const frame = new Uint8Array(size)
  let at = 0
  for (const number of numbers) at = writeUint(frame, at, number)
  if (bytes) frame.set(bytes, writeUint(frame, at, bytes.length))
  return frame
}

function readMessage(frame: Uint8Array): Message {
  if (frame.length === 0) throw new WireError('empty', 'an empty frame')
  checkLength(frame.length, LIMITS.frameBytesMax)
  const decoder = decoding.createDecoder(frame)
  const type = readUint(decoder)
  return type === SYNC ? readSync(decoder) : readOther(decoder, type)
}

function readSync(decoder: Decoder): Message {
  const step = readUint(decoder)
  if (step > UPDATE) throw new WireError('unknown-type', `sync message ${step}`)
  const bytesMax = step === STEP1 ? LIMITS.stateVectorBytesMax : LIMITS.frameBytesMax
  const bytes = readBytes(decoder, bytesMax)
  if (remaining(decoder) > 0) {
    throw new WireError('trailing', `${remaining(decoder)} bytes after a sync message`)
  }
  if (step === STEP1) return { type: 'step1', stateVector: bytes }
  return { type: step === STEP2 ? 'step2' : 'update', update: bytes }
}

function readOther(decoder: Decoder, type: number): Message {
  switch (type) {
    case AWARENESS:
      return { type: 'awareness', bytes: readBytes(decoder, LIMITS.awarenessBytesMax) }
    case AUTH:
      return { type: 'auth', reason: readDenial(decoder) }
    case QUERY_AWARENESS:
      return { type: 'queryAwareness' }
    case PING:
      return { type: 'ping', nonce: readUint(decoder) }
    case PONG:
      return { type: 'pong', nonce: readUint(decoder) }
    case KNOWN:
      return { type: 'known' }
    case HEALTH:
      return readHealth(decoder)
    case GOODBYE:
      return { type: 'goodbye', retryAfterMs: readUint(decoder) }
    case PART:
      return { type: 'part', update: readBytes(decoder, LIMITS.frameBytesMax) }
    default:
      throw new WireError('unknown-type', `message type ${type}`)
  }
}

function readDenial(decoder: Decoder): string {
  const kind = readUint(decoder)
  if (kind !== PERMISSION_DENIED) throw new WireError('unknown-type', `auth message ${kind}`)
  return readText(decoder, LIMITS.reasonBytesMax)
}

function readHealth(decoder: Decoder): Message {
  const state = readUint(decoder)
  if (state > 1) throw new WireError('malformed', `health state ${state}`)
  return { type: 'health', degraded: state === 1, reason: readText(decoder, LIMITS.reasonBytesMax) }
}
