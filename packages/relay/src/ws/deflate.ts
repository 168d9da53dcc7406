/**
 * Compression of what clients send (permessage-deflate, RFC 7692), as far as it was asked for. What the relay sends is
 * never compressed: a frame is built once and written to everybody, and compression has a state for each connection.
 */
import * as ws from 'ws'

/** How much a compressing client may make the server remember for it. */
export interface DeflateOptions {
  /** From 9 to 15: a window of 2 to this many bytes for each connection, in both directions. 15 unless given. */
  readonly windowBits?: number | undefined
}

/** The part of `ws`'s settings this is about. */
interface Settings {
  readonly clientMaxWindowBits?: number
  readonly serverMaxWindowBits?: number
}

/** Public in `ws` (8.23), but its types do not name them. */
interface Negotiation {
  readonly extension: { parse(header: string): Readonly<Record<string, unknown[] | undefined>> }
  readonly PerMessageDeflate: new (options: Settings & { isServer: true }) => {
    accept(offers: unknown[]): unknown
  }
}

const NAME = 'permessage-deflate'
const WINDOW_BITS_MIN = 9 // zlib cannot write smaller ones
const WINDOW_BITS_MAX = 15

const { extension, PerMessageDeflate } = ws as unknown as Negotiation

/** What `ws` is told. Throws where the number is none of those a window can have. */
export function deflateSettings(deflate: DeflateOptions | false): Settings | false {
  if (deflate === false) return false
  const { windowBits = WINDOW_BITS_MAX } = deflate
  if (!isWindow(windowBits)) {
    throw new RangeError(
      `Cannot compress with windowBits ${windowBits}: allowed are ${WINDOW_BITS_MIN} to ${WINDOW_BITS_MAX}`,
    )
  }
  // The largest is what everybody has anyway. Named, it would shut out browsers that cannot be told (Firefox).
  if (windowBits === WINDOW_BITS_MAX) return {}
  return { clientMaxWindowBits: windowBits, serverMaxWindowBits: windowBits }
}

/**
 * Whether there is something in the client's offer that can be taken. `ws` answers 400 to one that cannot, for example
 * of a browser that has no smaller window; RFC 7692 (5.1) has it declined, and the client served without.
 */
export function isAcceptableOffer(header: string | undefined, settings: Settings): boolean {
  try {
    const offers = extension.parse(header ?? '')[NAME] ?? []
    new PerMessageDeflate({ ...settings, isServer: true }).accept(offers)
    return true
  } catch {
    return false
  }
}

function isWindow(bits: number): boolean {
  return Number.isInteger(bits) && bits >= WINDOW_BITS_MIN && bits <= WINDOW_BITS_MAX
}
