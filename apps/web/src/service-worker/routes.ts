/** What the service worker does with a request. Pure. */

/**
 * `page`: the app for one of its addresses, fresh when the server answers. `file`: a file of the app. `fresh`: one whose
 * name does not change with its content. `picture`: one that people brought, which never changes. `none`: not ours.
 */
export type Handling = 'page' | 'file' | 'fresh' | 'picture' | 'none'

/** The part of a request that decides. */
export interface Asked {
  readonly method: string
  readonly mode: string
  readonly url: string
}

/** Addresses that are pages; the server has the same. */
const PAGE = /^\/(?:$|index\.html$|b\/[^/]+\/?$)/
const PICTURE = /^\/assets\/[^/]+$/
const HASHED = /^\/static\//
/** Files of the app beside its page. */
const LOOSE = /^\/[^/]+\.(?:js|svg|png|ico|webmanifest)$/
/** A worker that would answer for itself could never be replaced. */
const WORKER = '/sw.js'

/** Everything of the API, of sync, of health and metrics, and whatever is not asked with GET, goes by. */
export function handlingOf({ method, mode, url }: Asked, origin: string): Handling {
  const { origin: host, pathname } = new URL(url)
  if (method !== 'GET' || host !== origin || pathname === WORKER) return 'none'
  if (mode === 'navigate') return PAGE.test(pathname) ? 'page' : 'none'
  if (HASHED.test(pathname)) return 'file'
  if (PICTURE.test(pathname)) return 'picture'
  return LOOSE.test(pathname) ? 'fresh' : 'none'
}
