/** A client for the page it runs in: its WebSocket, its network, its sleep. */

import { type Disposer, systemClock, systemRandom } from '@kolam/base'
import type { Awareness } from 'y-protocols/awareness'
import type { Doc } from 'yjs'
import { Client } from '../client.ts'
import type { Timing } from '../timing.ts'
import { isLocalHost, watchPage } from './page-events.ts'
import { openWebSocket } from './web-socket.ts'

/** What the page has. */
export interface BrowserOptions {
  /** ws://host/sync/<document id> */
  readonly url: string
  readonly doc: Doc
  readonly awareness?: Awareness
  readonly timing?: Partial<Timing>
}

/** A connecting client; `dispose` ends it and stops listening to the page. */
export interface BrowserConnection {
  readonly client: Client
  readonly dispose: Disposer
}

/** Connects at once and stays connected while the page lives. */
export function connectBrowser(options: BrowserOptions): BrowserConnection {
  const client = new Client({
    ...options,
    clock: systemClock,
    random: systemRandom,
    openSocket: openWebSocket,
  })
  const isLocal = isLocalHost(new URL(options.url, location.href).hostname)
  const unwatch = watchPage({ client, isLocal })
  client.connect()
  const dispose = () => {
    unwatch()
    client.destroy()
  }
  return { client, dispose }
}
