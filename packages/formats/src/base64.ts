/** Base64 to bytes, without a browser: the plain alphabet and the one for addresses, white space allowed. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const SKIPPED = -1
const INVALID = -2

/** By character code; those beyond are invalid, too. */
const VALUES = new Int8Array(0x10000).fill(INVALID)
for (let i = 0; i < ALPHABET.length; i++) VALUES[ALPHABET.charCodeAt(i)] = i
VALUES['-'.charCodeAt(0)] = 62
VALUES['_'.charCodeAt(0)] = 63
for (const blank of ' \n\r\t') VALUES[blank.charCodeAt(0)] = SKIPPED

/** The bytes, or null when `text` is not base64. Padding is optional. */
export function decodeBase64(text: string): Uint8Array | null {
  const end = text.trimEnd().replace(/={1,2}$/, '').length
  const bytes = new Uint8Array(Math.floor((end * 3) / 4))
  let size = 0
  let bits = 0
  let held = 0
  for (let i = 0; i < end; i++) {
    const value = VALUES[text.charCodeAt(i)]!
    if (value < 0) {
      if (value === SKIPPED) continue
      return null
    }
    held = (held << 6) | value
    bits += 6
    if (bits >= 8) {
      bits -= 8
      // Higher bits are of bytes already written; a byte of the array takes the low eight only.
      bytes[size++] = held >> bits
    }
  }
  // Six bits left over are a quarter of a group: something was cut off.
  return bits === 6 ? null : bytes.slice(0, size)
}
