/** The wire between Kolam's clients and its relay. PROTOCOL.md is the text these files keep to. */

export {
  type AwarenessEntry,
  decodeAwareness,
  decodeAwarenessEntries,
  encodeAwareness,
  encodeAwarenessEntries,
  type RawAwarenessEntry,
} from './awareness.ts'
export * as CloseCode from './close-code.ts'
export { isDocumentId } from './document-id.ts'
export {
  encodeHttpMessages,
  encodeHttpRecord,
  type HttpRecord,
  HttpRecordReader,
} from './http-record.ts'
export * as LIMITS from './limits.ts'
export {
  type ClientMessage,
  decodeMessage,
  type DecodeResult,
  encodeClientMessage,
  encodeMessage,
  type Message,
} from './message.ts'
export { isPermanent } from './permanent.ts'
export { type DecodeErrorCode } from './read.ts'
export { SUBPROTOCOL } from './subprotocol.ts'
