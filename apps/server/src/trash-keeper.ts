/** Removes for good what has been in the trash for long. Looks when it starts and then now and again. */
import type { Clock, Disposer } from '@kolam/base'
import type { Store } from '@kolam/persistence'
import type { Log } from '@kolam/relay'

/** What the keeper stands on. */
export interface TrashKeeperOptions {
  readonly store: Store
  readonly clock: Clock
  readonly log: Log
  /** How long a document stays in the trash; null keeps it until somebody removes it. */
  readonly days: number | null
}

const DAY_MS = 24 * 60 * 60 * 1000
const PAUSE_MS = 60 * 60 * 1000

/** Starts looking; what is returned stops it. */
export function keepTrash({ store, clock, log, days }: TrashKeeperOptions): Disposer {
  if (days === null) return () => {}
  const keptMs = days * DAY_MS
  let cancel: Disposer = () => {}
  let isStopped = false

  async function look(): Promise<void> {
    const now = clock.now()
    for (const { id, trashedAt } of await store.listTrash()) {
      if (isStopped || now - trashedAt < keptMs) continue
      await store.remove(id)
      log.info('document removed for good', { document: id })
    }
  }

  function next(): void {
    // A store that fails says so where it matters; here it is only asked again.
    look()
      .catch((error: unknown) => log.warn('trash not emptied', { error: String(error) }))
      .finally(() => {
        if (!isStopped) cancel = clock.after(PAUSE_MS, next)
      })
  }

  next()
  return () => {
    isStopped = true
    cancel()
  }
}
