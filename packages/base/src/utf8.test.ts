import { describe, expect, test } from 'vitest'
import { utf8Decode, utf8Encode } from './index.ts'

describe('utf8', () => {
  test.each(['', 'kolam', 'கோலம்', '🌺', '\u0000', '\uFEFFmark'])('%j comes back', (text) => {
    expect(utf8Decode(utf8Encode(text))).toBe(text)
  })

  test('a lone surrogate becomes the replacement character', () => {
    expect(utf8Decode(utf8Encode('a\uD800b'))).toBe('a\uFFFDb')
  })

  test.each([[[0xff]], [[0xc3]], [[0xed, 0xa0, 0x80]], [[0xc0, 0x80]]])(
    'bytes %j are refused with a RangeError',
    (bytes) => {
      expect(() => utf8Decode(new Uint8Array(bytes))).toThrow(RangeError)
    },
  )
})
