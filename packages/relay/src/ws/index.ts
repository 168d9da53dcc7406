/** WebSocket for the relay. The only importer of `ws`. */
export type { Admission, Authorize } from './admission.ts'
export type { RecheckFilter } from './connection.ts'
export type { DeflateOptions } from './deflate.ts'
export { isAllowedHost, isAllowedOrigin, type RequestSource } from './origin.ts'
export { handshakeServerOptions } from './server-options.ts'
export { serveWebSocket, type WebSocketOptions, type WebSocketService } from './serve.ts'
