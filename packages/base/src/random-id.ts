/** Ids nobody can guess or repeat. Never seeded; tests that need fixed ids bring their own. */

import { platform } from './platform.ts'

const BYTES = 16
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** 128 cryptographically random bits as 22 characters of base64url. */
export function randomId(): string {
  let id = ''
  let bits = 0
  let bitCount = 0
  for (const byte of platform.crypto.getRandomValues(new Uint8Array(BYTES))) {
    bits = (bits << 8) | byte
    bitCount += 8
    for (; bitCount >= 6; bitCount -= 6) id += ALPHABET.charAt((bits >> (bitCount - 6)) & 63)
    bits &= (1 << bitCount) - 1
  }
  return id + ALPHABET.charAt((bits << (6 - bitCount)) & 63)
}
