/** A client for the page it runs in: its WebSocket or its requests, its network, its sleep. */

import { type Disposer, systemClock, systemRandom } from '@kolam/base'
import type { Awareness } from 'y-protocols/awareness'
import type { Doc } from 'yjs'
import { Client } from '../client.ts'
import { BestSockets } from '../http/best-sockets.ts'
import { lazySockets } from '../http/lazy-sockets.ts'
import type { OfflineCopy } from '../offline/copy.ts'
import type { Timing } from '../timing.ts'
import { type CompanyOptions, keepCompany } from './company.ts'
import { isLocalHost, watchPage } from './page-events.ts'
import { openWebSocket } from './web-socket.ts'

/** What the page has. */
export interface BrowserOptions extends CompanyOptions {
  /** ws://host/sync/<document id> */
  readonly url: string
  readonly doc: Doc
  readonly awareness?: Awareness
  readonly timing?: Partial<Timing>
}

/** A connecting client; `dispose` ends it and stops listening to the page. */
export interface BrowserConnection {
  readonly client: Client
  /** The copy in this browser; null where none was asked for. */
  readonly copy: OfflineCopy | null
  readonly dispose: Disposer
}

export { openBroadcastChannel } from './broadcast-channel.ts'
export type { CopyPlace } from './company.ts'

/** What the page has learnt about its network: it is the same for every board that is opened in it. */
const MEMORY = { failures: 0, gathers: false }

const loadHttp = () => import('./http-way.ts').then(({ openHttpWith }) => openHttpWith(MEMORY))
const openHttp = lazySockets(loadHttp)

/** By then the page is there; without a network it would be too late. */
const LOAD_HTTP_MS = 3_000

/** Connects as soon as this browser's copy has been read, and stays connected while the page lives. */
export function connectBrowser(options: BrowserOptions): BrowserConnection {
  const ports = { clock: systemClock, random: systemRandom }
  const sockets = new BestSockets({ ...ports, memory: MEMORY, openWebSocket, openHttp })
  const client = new Client({ ...options, ...ports, openSocket: sockets.open })
  const isLocal = isLocalHost(new URL(options.url, location.href).hostname)
  const page = {
    wentOffline: () => client.wentOffline(),
    wentOnline: () => {
      sockets.wentOnline()
      client.wentOnline()
    },
    probe: () => {
      client.probe()
      company.wake()
    },
    hide: () => {
      client.hide()
      company.hide()
    },
  }
  const unwatch = watchPage({ client: page, isLocal })
  // Where it does not come it is asked for again when it is needed.
  const cancelLoad = systemClock.after(LOAD_HTTP_MS, () => void loadHttp().catch(() => {}))
  const company = keepCompany(client, options, systemClock)
  const dispose = () => {
    unwatch()
    cancelLoad()
    company.dispose()
    client.destroy()
  }
  return { client, copy: company.copy, dispose }
}
