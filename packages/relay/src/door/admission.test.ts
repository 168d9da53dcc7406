import { describe, expect, test } from 'vitest'
import { limitsOf } from '../limits.ts'
import { verdictOf } from './admission.ts'

const limits = limitsOf({ personCharsMax: 10 })
const ada = { ok: true, role: 'editor', person: 'ada' }

describe('verdictOf', () => {
  test.each(['viewer', 'commenter', 'editor', 'manager'])('[H8] "%s" is a role', (role) => {
    expect(verdictOf({ ...ada, role }, limits)).toEqual({ ...ada, role, expiresAt: Infinity })
  })

  test.each<[unknown, number]>([
    [undefined, Infinity],
    [Infinity, Infinity],
    [1, 1],
  ])('[H11] expiresAt %s is %s', (expiresAt, expected) => {
    expect(verdictOf({ ...ada, expiresAt }, limits)).toEqual({ ...ada, expiresAt: expected })
  })

  test.each<[unknown]>([
    [undefined],
    [null],
    [true],
    ['editor'],
    [[]],
    [{}],
    [{ ...ada, ok: 'yes' }],
    [{ ...ada, ok: 1 }],
    [{ ...ada, role: 'owner' }],
    [{ ...ada, role: 'toString' }],
    [{ ...ada, role: ['editor'] }],
    [{ ...ada, role: undefined }],
    [{ ...ada, person: undefined }],
    [{ ...ada, person: 7 }],
    [{ ...ada, person: 'x'.repeat(11) }],
    [{ ...ada, expiresAt: NaN }],
    [{ ...ada, expiresAt: '2030-01-01' }],
    [{ ...ada, expiresAt: null }],
  ])('[H8] %j lets nobody in', (answer) => {
    expect(verdictOf(answer, limits)).toBeNull()
  })

  test.each([4400, 4401, 4499, 1013])('[H2] a refusal may have the code %s', (code) => {
    const refusal = { ok: false, code, reason: 'No' }
    expect(verdictOf(refusal, limits)).toEqual({ ok: false, closing: { code, reason: 'No' } })
  })

  test.each<[unknown]>([[1000], [1005], [4399], [4500], [4400.5], [NaN], ['4401'], [undefined]])(
    '[H2] a refusal with the code %s is a passing one',
    (code) => {
      const closing = { code: 1013, reason: 'No' }
      expect(verdictOf({ ok: false, code, reason: 'No' }, limits)).toEqual({ ok: false, closing })
    },
  )

  test('[H2] a refusal without words gets some', () => {
    const closing = { code: 4401, reason: 'Cannot tell who you are' }
    expect(verdictOf({ ok: false, code: 4401 }, limits)).toEqual({ ok: false, closing })
  })
})
