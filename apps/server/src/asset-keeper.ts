/** Finds out which images no document names any more, and lets them go after a while. Looks once a day. */
import type { Clock, Disposer } from '@kolam/base'
import { ANY_ASSET, type Store } from '@kolam/persistence'
import type { AsideRules, Assets } from '@kolam/persistence/assets'
import type { Log } from '@kolam/relay'
import type { ServerDocuments } from './documents/functions.ts'

/** What the keeper stands on. */
export interface AssetKeeperOptions {
  readonly store: Store
  readonly assets: Pick<Assets, 'collect'>
  readonly documents: Pick<ServerDocuments, 'namedAssets'>
  /** The file of the database. */
  readonly database: string
  readonly clock: Clock
  readonly log: Log
  /** How long an image that nobody names stays; null keeps it. */
  readonly days: number | null
}

const DAY_MS = 24 * 60 * 60 * 1_000

/** After a start other things come first. */
const FIRST_MS = 10 * 60 * 1_000

/** Whoever uploaded an image and drew nothing with it yet may be offline for a day or two. */
const UPLOAD_GRACE_MS = 2 * DAY_MS

/** Starts looking; what is returned stops it. */
export function keepAssets(options: AssetKeeperOptions): Disposer {
  const { clock, log, days } = options
  if (days === null) return () => {}
  const ages = { uploadGraceMs: UPLOAD_GRACE_MS, graceMs: days * DAY_MS }
  let isStopped = false
  let cancel: Disposer = clock.after(FIRST_MS, look)

  function look(): void {
    collect(options, { ages, isStopped: () => isStopped })
      // A disk that fails says so where it matters; here it is only asked again.
      .catch((error: unknown) => log.warn('images not looked through', { error: String(error) }))
      .finally(() => {
        if (!isStopped) cancel = clock.after(DAY_MS, look)
      })
  }

  return () => {
    isStopped = true
    cancel()
  }
}

type Ages = Pick<AsideRules, 'uploadGraceMs' | 'graceMs'>

async function collect(
  { store, assets, documents, database, clock, log }: AssetKeeperOptions,
  { ages, isStopped }: { ages: Ages; isStopped: () => boolean },
): Promise<void> {
  for (const id of await store.references.documents()) {
    if (isStopped()) return
    await store.references.keepOnly(id, await documents.namedAssets(database, id))
  }
  const counts = await store.references.count()
  if (isStopped()) return
  const isNamed = (id: string): boolean => counts.has(id) || counts.has(ANY_ASSET)
  const collected = await assets.collect({ isNamed, now: clock.now(), ...ages })
  log.info('images looked through', { named: counts.size, ...collected })
}
