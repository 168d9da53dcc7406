import { expect, test } from 'vitest'
import { healthOf } from './health.ts'

const degraded = { state: 'degraded', reason: 'the disk is full' } as const

test.each([
  ['loading', null, 'loading'],
  ['serving', { state: 'ok' }, 'ok'],
  ['serving', degraded, 'degraded'],
  ['draining', { state: 'ok' }, 'draining'],
  ['draining', degraded, 'draining'],
] as const)('%s with a relay that is %j is %s', (phase, relay, status) => {
  expect(healthOf(phase, relay).status).toBe(status)
})

test('a disk that refuses is named', () => {
  expect(healthOf('serving', degraded)).toEqual({ status: 'degraded', reason: 'the disk is full' })
})
