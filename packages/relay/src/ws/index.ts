/** WebSocket for the relay. The only importer of `ws`. */
export type { Admission, Authorize } from '../door/admission.ts'
export type { RecheckFilter } from '../door/connection.ts'
export type { Door } from '../door/door.ts'
export type { DeflateOptions } from './deflate.ts'
export { isAllowedHost, isAllowedOrigin, type RequestSource } from '../door/origin.ts'
export { handshakeServerOptions } from './server-options.ts'
export { serveWebSocket, type WebSocketOptions, type WebSocketService } from './serve.ts'
