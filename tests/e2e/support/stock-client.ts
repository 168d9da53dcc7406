/** A stock y-websocket provider in Node: what any Yjs program would join a room with. */
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

export interface StockClient {
  readonly doc: Y.Doc
  readonly provider: WebsocketProvider
  /** Resolves when the shapes map satisfies `check`. */
  until(check: (shapes: Y.Map<Y.Map<unknown>>) => boolean): Promise<void>
  close(): void
}

/** Join room `id` at `syncUrl` and wait for the first sync. */
export async function joinStock(syncUrl: string, id: string): Promise<StockClient> {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(syncUrl, id, doc, { disableBc: true })
  await new Promise<void>((resolve) => provider.once('sync', () => resolve()))
  const shapes = doc.getMap<Y.Map<unknown>>('shapes')
  return {
    doc,
    provider,
    until: async (check) => {
      while (!check(shapes))
        await new Promise<void>((resolve) => doc.once('update', () => resolve()))
    },
    close: () => {
      provider.destroy()
      doc.destroy()
    },
  }
}
