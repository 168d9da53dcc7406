/**
 * The address a connection counts for. Anybody can write `X-Forwarded-For`, so it is read only where it was said how
 * many proxies stand in front, and then only what the outermost of them wrote.
 */
import type { IncomingHttpHeaders } from 'node:http'
import { isIP } from 'node:net'

/** What of a request tells where it comes from. */
export interface AddressSource {
  readonly headers: IncomingHttpHeaders
  readonly socket: { readonly remoteAddress?: string | undefined }
}

/**
 * The address, IPv6 as its network of 64 bits, since that is the least anybody is given. Null where nobody is to be
 * counted: on loopback and Unix sockets everybody behind a proxy that was not configured has the same address, and
 * who is on this machine has better ways to bring it down.
 */
export function addressOf(
  { headers, socket }: AddressSource,
  { trustedProxies }: { trustedProxies: number },
): string | null {
  const forwarded = trustedProxies > 0 ? nthFromRight(headers, trustedProxies) : null
  if (forwarded !== null) return networkOf(forwarded)
  const own = plain(socket.remoteAddress ?? '')
  if (own === null || own === '::1' || own.startsWith('127.')) return null
  return networkOf(own)
}

/** Each proxy adds, at the end, who it was called by: with n in front, the n-th from the right called the outermost. */
function nthFromRight(headers: IncomingHttpHeaders, n: number): string | null {
  const entries = String(headers['x-forwarded-for'] ?? '').split(',')
  return plain((entries.at(-n) ?? '').trim())
}

/** An address without port, brackets and zone, and as IPv4 where it is that in disguise; null where it is none. */
function plain(text: string): string | null {
  const bare = /^\[([^\]]*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text
  const [address = ''] = bare.split('%', 1)
  if (isIP(address) !== 6) return isIP(address) === 4 ? address : null
  const groups = groupsOf(address)
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  return isMapped ? dotted(groups) : address
}

function networkOf(address: string): string {
  if (isIP(address) === 4) return address
  const network = groupsOf(address).slice(0, 4)
  return `${network.map((group) => group.toString(16)).join(':')}::/64`
}

/** The eight numbers of an IPv6 address; a URL writes them all in the same way. */
function groupsOf(address: string): number[] {
  const written = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [left = [], right = []] = written.split('::').map(numbersOf)
  return [...left, ...Array.from({ length: 8 - left.length - right.length }, () => 0), ...right]
}

function numbersOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
}

function dotted(groups: readonly number[]): string {
  const [high = 0, low = 0] = groups.slice(6)
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}
