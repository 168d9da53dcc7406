/**
 * Which pages may talk to the server, and by which names it is called. Browsers tell the truth about both, whatever
 * the page they show wants; other programs say what they like, so this says nothing about who somebody is.
 */
import { isIP } from 'node:net'

/** Where a request comes from, as its headers have it. */
export interface RequestSource {
  readonly origin?: string | undefined
  readonly host?: string | undefined
  /** `Sec-Fetch-Site`. */
  readonly site?: string | undefined
}

/**
 * Whether the page behind a request may connect or change something: one of the server's own, or one of `origins`.
 * Its own is one with the same host and port. The schemes are not compared, since behind a proxy that ends TLS the
 * server cannot know its own; where a browser calls such a page `cross-site` (http on port 80 that connects to https
 * on port 443 has the same host in both headers) it is refused all the same. `Origin: null`, of sandboxed frames and
 * files, is nobody's own.
 */
export function isAllowedOrigin(source: RequestSource, origins: readonly string[]): boolean {
  const { origin, host, site } = source
  if (origin !== undefined && origins.includes(origin)) return true
  if (site === 'cross-site') return false
  // Browsers send an origin with every WebSocket and everything unsafe. A page of a sister site that leaves it out
  // would be something new; programs that are no browsers send neither header.
  if (origin === undefined) return site === undefined || site === 'same-origin' || site === 'none'
  return isSameHost(origin, host)
}

/**
 * Whether the server answers to the name in `Host`. A page that points its own name at somebody's loopback address
 * (DNS rebinding) has the same origin as what answers there, so only the name tells. Nobody can point an IP address or
 * `localhost` elsewhere: those are always answered, every port counts as the same, and without a list all names are.
 */
export function isAllowedHost(
  host: string | undefined,
  hosts: readonly string[] | undefined,
): boolean {
  if (!hosts) return true
  const name = nameOf(host)
  if (name === null) return false
  return name === 'localhost' || isIP(name) !== 0 || hosts.includes(name)
}

/** The port a scheme stands for may be in one header and not in the other: proxies add it. */
function isSameHost(origin: string, host: string | undefined): boolean {
  if (host === undefined || !/^https?:\/\//.test(origin)) return false
  const page = parse(origin)
  return page !== null && page.host === parse(`${page.protocol}//${host}`)?.host
}

/** The host name of a `Host` header, without its port and an address's brackets; null where there is none. */
function nameOf(host: string | undefined): string | null {
  const name = host === undefined ? '' : (parse(`http://${host}`)?.hostname ?? '')
  return name === '' ? null : name.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}

/** A URL of nothing but scheme, host and port; null for anything else, such as two headers in one. */
function parse(text: string): URL | null {
  if (/[\s,@?#\\]/.test(text) || !URL.canParse(text)) return null
  const url = new URL(text)
  return url.pathname === '/' && !text.endsWith('/') ? url : null
}
