/** What the page learns about its network and its own sleep, told to who wants to know. Never asks the network itself. */

import type { Disposer } from '@kolam/base'

/** Who wants to know what the page learns. Each is a method of a client. */
export interface PageListener {
  wentOffline?(): void
  wentOnline?(): void
  /** Nobody sees the page any more. */
  wentHidden?(): void
  /** The page woke up, or is seen again. */
  probe?(): void
  /** The page may be gone in a moment. */
  hide?(): void
}

/** Events of window and document, and what they mean. */
export interface PageEventsOptions {
  /** Told in this order. */
  readonly listeners: readonly PageListener[]
  /** The server is on this machine, so that having no network means nothing. */
  readonly isLocal: boolean
}

/** Passes the page's events on until the returned disposer is called. */
export function watchPage({ listeners, isLocal }: PageEventsOptions): Disposer {
  const controller = new AbortController()
  const { signal } = controller
  const tell = (name: keyof PageListener) => {
    for (const listener of listeners) listener[name]?.()
  }
  const isHidden = () => document.visibilityState === 'hidden'
  const look = () => tell(isHidden() ? 'wentHidden' : 'probe')
  const on = (target: EventTarget, event: string, run: () => void) => {
    target.addEventListener(event, run, { signal })
  }
  if (!isLocal) on(window, 'offline', () => tell('wentOffline'))
  on(window, 'online', () => tell('wentOnline'))
  on(window, 'pagehide', () => tell('hide'))
  on(window, 'pageshow', look)
  on(document, 'visibilitychange', look)
  if (isHidden()) look()
  return () => controller.abort()
}

/** Whether a host name is this machine's own. */
export function isLocalHost(host: string): boolean {
  return /(^|\.)localhost$|^127\.|^\[::1\]$/.test(host)
}
