/**
 * A client for the page it runs in: its WebSocket, its network, its sleep. Lines over HTTP, a copy in this browser and the
 * other tabs are entries of their own, handed in by who wants them.
 */

import { type Disposer, systemClock, systemRandom } from '@kolam/base'
import { Client, type ClientOptions } from '../client.ts'
import type { Companion } from './companion.ts'
import { isLocalHost, watchPage } from './page-events.ts'
import type { Sockets } from './sockets.ts'
import { openWebSocket } from './web-socket.ts'

/** What a page says of its connection. */
export interface BrowserOptions<Company> extends Omit<
  ClientOptions,
  'clock' | 'random' | 'openSocket'
> {
  /** How lines are opened; by WebSocket where nothing is given. */
  readonly sockets?: Sockets
  /** What goes with the client, by names of your own. */
  readonly company?: (client: Client) => Company
}

/** A connecting client; `dispose` ends it and stops listening to the page. */
export interface BrowserConnection<Company> {
  readonly client: Client
  readonly company: Company
  readonly dispose: Disposer
}

type Companions = Readonly<Record<string, Companion>>

export type { Companion } from './companion.ts'
export type { Sockets } from './sockets.ts'

/** Connects as soon as everybody who goes with the client is ready, and stays connected while the page lives. */
export function connectBrowser<Company extends Companions = Companions>(
  options: BrowserOptions<Company>,
): BrowserConnection<Company> {
  const { url, sockets = { open: openWebSocket } } = options
  const ports = { clock: systemClock, random: systemRandom, openSocket: sockets.open }
  const client = new Client({ ...options, ...ports })
  const company = options.company?.(client) ?? ({} as Company)
  const companions: readonly Companion[] = Object.values(company)
  const isLocal = isLocalHost(new URL(url, location.href).hostname)
  const unwatch = watchPage({ listeners: [sockets, client, ...companions], isLocal })
  let isOver = false
  const begin = async () => {
    await Promise.all(companions.map(async (companion) => companion.open?.()))
    if (isOver) return
    for (const companion of companions) companion.start?.()
    client.connect()
  }
  const dispose = () => {
    isOver = true
    unwatch()
    sockets.dispose?.()
    for (const companion of companions) companion.stop()
    client.destroy()
  }
  void begin()
  return { client, company, dispose }
}
