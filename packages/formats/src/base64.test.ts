import { seededRandom } from '@kolam/base'
import { describe, expect, test } from 'vitest'
import { decodeBase64 } from './base64.ts'

const SEED = Number(process.env['SEED'] ?? 1)

describe(`decodeBase64 (seed ${SEED})`, () => {
  test('undoes the encoding of the platform, for every remainder and alphabet', () => {
    const random = seededRandom(SEED)
    for (let size = 0; size < 200; size++) {
      const bytes = Uint8Array.from({ length: size }, () => Math.floor(random() * 256))
      const text = Buffer.from(bytes).toString('base64')
      expect(decodeBase64(text)).toEqual(bytes)
      expect(decodeBase64(text.replace(/=+$/, ''))).toEqual(bytes)
      expect(decodeBase64(Buffer.from(bytes).toString('base64url'))).toEqual(bytes)
    }
  })

  test('skips white space', () => {
    expect(decodeBase64('aGVs\r\n bG8=\n')).toEqual(new Uint8Array(Buffer.from('hello')))
  })

  test.each(['a', 'aGVsb', 'a=bc', 'aGV*', 'aé==', '===='])('refuses %s', (text) => {
    expect(decodeBase64(text)).toBeNull()
  })
})
