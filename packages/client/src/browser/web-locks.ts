/** The browser's Web Locks behind the tabs' port: it takes them from a page that is gone, whatever ended it. */

import type { Locks } from '../tabs/locks.ts'

/** The locks of one document; null where the browser has none, as on a page that came by plain HTTP. */
export function openWebLocks(document: string): Locks | null {
  if (typeof navigator === 'undefined' || !navigator.locks) return null
  const request = (id: number, mode: LockMode, run: (over: Promise<void>) => unknown) => {
    const controller = new AbortController()
    const { signal } = controller
    const over = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    navigator.locks
      .request(`kolam:${document}/${id}`, { mode, signal }, () => run(over))
      // Given up, or not allowed here: then only silence tells that a tab is gone.
      .catch(() => undefined)
    return () => controller.abort()
  }
  return {
    hold: (id, taken) =>
      request(id, 'exclusive', (over) => {
        taken()
        return over
      }),
    // Shared, so that all who wait hear at once.
    whenFree: (id, run) => request(id, 'shared', () => run()),
  }
}
