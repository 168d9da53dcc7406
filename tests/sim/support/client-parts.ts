/** Parts of the client that pages put together by themselves, and that its public entry does not name. */
export { OfflineCopy, OfflineError, type OfflineFault } from '@kolam/client/offline'
export { MemoryStore } from '../../../packages/client/src/offline/memory-store.ts'
export type { KeptDocument, OfflineStore } from '@kolam/client/offline'
export type { Opened, Write } from '../../../packages/client/src/offline/store.ts'
export type { Channel } from '../../../packages/client/src/tabs/channel.ts'
export type { Locks } from '../../../packages/client/src/tabs/locks.ts'
export { rangesOf, without } from '../../../packages/client/src/tabs/ranges.ts'
export { Tabs } from '../../../packages/client/src/tabs/tabs.ts'
