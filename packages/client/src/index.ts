/** A Yjs document kept in step with a relay, with a save state that is true. */

export { Client, type ClientOptions } from './client.ts'
export type { ClientEvents, Refusal } from './news.ts'
export type { CopyState, OfflineCopy } from './offline/copy.ts'
export type { OfflineFault } from './offline/error.ts'
export { LazyStore } from './offline/lazy-store.ts'
export type { KeptDocument, OfflineStore } from './offline/store.ts'
export { type OpenSocket, type Socket, type SocketHandlers } from './socket.ts'
export { TIMING, type Timing } from './timing.ts'
export { type ConnectionState, type SaveState, type Status } from './state.ts'
