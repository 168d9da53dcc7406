import { describe, expect, test } from 'vitest'
import { CloseCode, isDocumentId, isPermanent, SUBPROTOCOL } from './index.ts'

describe('document ids', () => {
  test.each(['a', 'A-b_c.d~9', '...', '.a', 'x'.repeat(128), 'V1StGXR8_Z5jdHi6B-myTQ'])(
    '%s is one',
    (id) => {
      expect(isDocumentId(id)).toBe(true)
    },
  )

  test.each(['', '.', '..', 'a/b', 'a b', 'a\n', '%41', 'ä', 'a?b', 'x'.repeat(129)])(
    '%s is none',
    (id) => {
      expect(isDocumentId(id)).toBe(false)
    },
  )
})

describe('close codes', () => {
  test('of the range 4400 to 4499, and those only, are permanent', () => {
    const permanent = Object.entries(CloseCode).filter(([, code]) => isPermanent(code))
    expect(permanent.map(([name]) => name)).toEqual([
      'BadMessage',
      'NotSignedIn',
      'Forbidden',
      'BadDocumentId',
      'Silent',
      'Taken',
      'Gone',
      'TooMany',
    ])
    expect([4399, 4400, 4499, 4500, 1006, 0].map(isPermanent)).toEqual([
      false,
      true,
      true,
      false,
      false,
      false,
    ])
  })

  test('the subprotocol has its name', () => {
    expect(SUBPROTOCOL).toBe('kolam.1')
  })
})
