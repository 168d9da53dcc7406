/** What the page learns about its network and its own sleep, told to a client. Never asks the network itself. */

import { type Disposer, Disposers } from '@kolam/base'

/** The part of a client that the page's events concern. */
export interface PageClient {
  wentOffline(): void
  wentOnline(): void
  probe(): void
  hide(): void
}

/** Events of window and document, and what they mean. */
export interface PageEventsOptions {
  readonly client: PageClient
  /** The server is on this machine, so that having no network means nothing. */
  readonly isLocal: boolean
}

/** Passes the page's events on until the returned disposer is called. */
export function watchPage({ client, isLocal }: PageEventsOptions): Disposer {
  const disposers = new Disposers()
  const on = (target: EventTarget, name: string, run: () => void) => {
    target.addEventListener(name, run)
    disposers.add(() => target.removeEventListener(name, run))
  }
  if (!isLocal) on(window, 'offline', () => client.wentOffline())
  on(window, 'online', () => client.wentOnline())
  on(window, 'pageshow', () => client.probe())
  on(window, 'pagehide', () => client.hide())
  on(document, 'visibilitychange', () => {
    if (document.visibilityState === 'visible') client.probe()
  })
  return () => disposers.dispose()
}

/** Whether a host name is this machine's own. */
export function isLocalHost(host: string): boolean {
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    host.startsWith('127.')
  )
}
