/** What is used of y-leveldb, whose own types its exports hide. */
declare module 'y-leveldb' {
  import type { Doc } from 'yjs'

  export class LeveldbPersistence {
    constructor(location: string, options?: { Level?: unknown })
    /** Null where it failed. */
    storeUpdate(document: string, update: Uint8Array): Promise<number | null>
    getYDoc(document: string): Promise<Doc>
    flushDocument(document: string): Promise<void>
    getAllDocNames(): Promise<string[]>
    destroy(): Promise<void>
  }
}
