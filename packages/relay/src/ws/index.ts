/** WebSocket for the relay. The only importer of `ws`. */
export { serveWebSocket, type WebSocketOptions, type Admission } from './serve.ts'
