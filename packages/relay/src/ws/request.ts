/** What an upgrade request asks for, and whether a page of another site may have sent it. Trusts no header. */
import type { IncomingMessage } from 'node:http'

/** The document id in the URL, decoded once; null where the URL is not below `path`, '' where it cannot be decoded. */
export function documentIdOf(url: string | undefined, path: string): string | null {
  const pathname = (url ?? '').split('?', 1)[0] ?? ''
  if (!pathname.startsWith(path)) return null
  try {
    return decodeURIComponent(pathname.slice(path.length))
  } catch {
    return ''
  }
}

/**
 * Whether the request's origin may connect. Browsers always send one, and the one of a page is its server's own;
 * other programs send none.
 */
export function isOriginAllowed(request: IncomingMessage, origins: readonly string[]): boolean {
  const { origin, host } = request.headers
  if (origin === undefined) return true
  return origins.includes(origin) || (host !== undefined && hostOf(origin) === host.toLowerCase())
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host
  } catch {
    return null
  }
}
