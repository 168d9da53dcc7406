/** Text to UTF-8 and back. Never guesses: bytes that are not UTF-8 are refused. */

import { platform } from './platform.ts'

const encoder = new platform.TextEncoder()
const decoder = new platform.TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text as UTF-8; a lone surrogate becomes U+FFFD. */
export function utf8Encode(text: string): Uint8Array {
  return encoder.encode(text)
}

/** The text of UTF-8 bytes, a byte order mark included; throws a RangeError when they are not UTF-8. */
export function utf8Decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    throw new RangeError(`Cannot decode ${bytes.length} bytes: not UTF-8`, { cause })
  }
}
