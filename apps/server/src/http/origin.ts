/** Whether a page of another site sent a request that changes something. Says nothing about who the person is. */
import * as door from '@kolam/relay/ws'
import type { HonoRequest } from 'hono'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** What of a request tells where it comes from. */
export type RequestSource = Pick<HonoRequest, 'method' | 'header'>

/** Whether the request may go on: what changes nothing may come from anywhere, the rest from where connections may. */
export function isAllowedOrigin(request: RequestSource, origins: readonly string[]): boolean {
  if (SAFE_METHODS.has(request.method)) return true
  const [origin, host, site] = ['origin', 'host', 'sec-fetch-site'].map((name) =>
    request.header(name),
  )
  return door.isAllowedOrigin({ origin, host, site }, origins)
}
