import { describe, expect, test } from 'vitest'
import { addressOf } from './address.ts'

function ask(remoteAddress: string | undefined, forwarded?: string, trustedProxies = 0) {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
  return addressOf({ headers, socket: { remoteAddress } }, { trustedProxies })
}

describe('addressOf', () => {
  test.each<[string | undefined, string | null]>([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::ffff:cb00:7107', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:DB8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['127.0.0.1', null],
    ['127.9.9.9', null],
    ['::1', null],
    ['::ffff:127.0.0.1', null],
    [undefined, null],
    ['', null],
  ])('[H6,H7] %s counts as %s', (remoteAddress, expected) => {
    expect(ask(remoteAddress)).toBe(expected)
  })

  test('[H6] what a header says is nothing unless proxies were counted', () => {
    expect(ask('203.0.113.7', '198.51.100.1')).toBe('203.0.113.7')
    expect(ask('127.0.0.1', '198.51.100.1')).toBeNull()
  })

  test.each<[number, string, string | null]>([
    [1, '198.51.100.1', '198.51.100.1'],
    [1, '6.6.6.6, 198.51.100.1', '198.51.100.1'],
    [2, '6.6.6.6, 198.51.100.1, 10.0.0.1', '198.51.100.1'],
    [1, '6.6.6.6,2001:db8:1:2::9', '2001:db8:1:2::/64'],
    [1, '::ffff:198.51.100.1', '198.51.100.1'],
    [1, '198.51.100.1:5555', '198.51.100.1'],
    [1, '[2001:db8:1:2::9]:5555', '2001:db8:1:2::/64'],
    // A proxy would not say so of somebody outside, and who is counted needlessly loses little.
    [1, '127.0.0.1', '127.0.0.1'],
  ])('[H6] with %i in front, "%s" is %s', (trustedProxies, forwarded, expected) => {
    expect(ask('10.0.0.1', forwarded, trustedProxies)).toBe(expected)
  })

  test.each<[number, string | undefined]>([
    [1, undefined],
    [1, ''],
    [1, 'unknown'],
    [1, '198.51.100.1, unknown'],
    [1, '198.51.100.1,'],
    [2, '198.51.100.1'],
    [1, '198.51.100.1.evil'],
    [1, '999.1.1.1'],
    [1, '[::1'],
    [1, '<script>'],
    [1, '١.١.١.١'],
  ])('[H6] with %i in front, "%s" is no address, so the socket has it', (proxies, forwarded) => {
    expect(ask('203.0.113.7', forwarded, proxies)).toBe('203.0.113.7')
  })
})
