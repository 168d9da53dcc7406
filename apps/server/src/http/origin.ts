/** Whether a page of another site sent a request that changes something. Says nothing about who the person is. */

import type { HonoRequest } from 'hono'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** What of a request tells where it comes from. */
export type RequestSource = Pick<HonoRequest, 'method' | 'header'>

/**
 * Whether the request may go on. Browsers send `Origin` with everything that is not safe, and its host is the
 * server's own for its own pages, also behind a proxy that ends TLS. Other programs send neither header.
 */
export function isAllowedOrigin(request: RequestSource, origins: readonly string[]): boolean {
  if (SAFE_METHODS.has(request.method)) return true
  const origin = request.header('origin')
  if (origin === undefined) return request.header('sec-fetch-site') !== 'cross-site'
  if (origins.includes(origin)) return true
  return URL.canParse(origin) && new URL(origin).host === request.header('host')?.toLowerCase()
}
