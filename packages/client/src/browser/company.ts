/** What goes with a client in a page: the copy in this browser, and the other tabs. Either may be missing. */

import type { Clock, Disposer } from '@kolam/base'
import type { Client } from '../client.ts'
import { OfflineCopy } from '../offline/copy.ts'
import type { OfflineStore } from '../offline/store.ts'
import type { Channel } from '../tabs/channel.ts'
import type { Tabs } from '../tabs/tabs.ts'

/** Where a document is kept in this browser. */
export interface CopyPlace {
  readonly store: OfflineStore
  /** Its name there. */
  readonly document: string
  /** What a list of documents shall show of it. */
  readonly about?: () => string
}

/** What a page may ask for. */
export interface CompanyOptions {
  readonly copy?: CopyPlace
  /** To the other tabs of this document; null where the browser has no channels. */
  readonly channel?: Channel | null
}

/** What is to be done when the page moves. */
export interface Company {
  readonly copy: OfflineCopy | null
  /** The page may be gone in a moment. */
  hide(): void
  /** The page woke up. */
  wake(): void
  readonly dispose: Disposer
}

/** Reads the copy and finds the other tabs before the client connects, then lets it. */
export function keepCompany(client: Client, options: CompanyOptions, clock: Clock): Company {
  const { channel, copy: place } = options
  const copy = place ? new OfflineCopy({ ...place, client, clock }) : null
  let tabs: Tabs | null = null
  let isOver = false
  const join = async () => {
    const [made] = await Promise.all([
      channel ? tabsOf(client, channel, clock) : null,
      copy?.open(),
    ])
    if (isOver) return made?.stop()
    tabs = made
    tabs?.start(client)
    client.connect()
  }
  void join()
  return {
    copy,
    hide: () => {
      tabs?.leave()
      void copy?.writeLast()
    },
    wake: () => tabs?.meet(),
    dispose: () => {
      isOver = true
      void copy?.stop()
      tabs?.stop()
    },
  }
}

/** Its code comes beside the page; where it cannot be fetched there are no other tabs. */
async function tabsOf(client: Client, channel: Channel, clock: Clock): Promise<Tabs | null> {
  try {
    const { Tabs } = await import('../tabs/tabs.ts')
    const { doc, awareness } = client
    const tabs = new Tabs({ doc, awareness, channel, clock })
    client.joinTabs(tabs)
    return tabs
  } catch {
    return null
  }
}
