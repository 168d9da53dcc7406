/**
 * The whole way behind proxies that are in the way: one lets no upgrade through, one gathers each answer until it has
 * ended, one loses what it carries. A client finds by itself what works, and loses nothing.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { BestClient, openHttp } from './support/http-clients.ts'
import { HttpProxy, type ProxyWays } from './support/http-proxy.ts'
import { KolamClient } from './support/kolam-client.ts'
import { allRead, allSee } from './support/person.ts'
import { useRelay } from './support/relay-world.ts'
import { soon, within } from './support/within.ts'

/** A stream that does not get through is given up soon, so that a test takes less time. */
const HASTY = { streamMs: 300, retryMs: 50 }

const world = useRelay((to) => new BestClient(to, HASTY))
let proxy: HttpProxy

beforeEach(async () => {
  proxy = await HttpProxy.before(world.server.port)
})
afterEach(() => proxy.close())

function behind(ways: ProxyWays): Promise<BestClient> {
  Object.assign(proxy.ways, ways)
  return within(20_000, 'it gets in', world.join({ url: proxy.syncUrl }))
}

describe.each(['refuse', 'cut'] as const)('a proxy that does "%s" to upgrades', (upgrades) => {
  test('[T13] two attempts, then HTTP; at once when it comes back', async () => {
    const [ada, bob] = [await behind({ upgrades }), await world.join()]
    expect(proxy.requests.slice(0, 4)).toEqual(['upgrade', 'upgrade', 'stream', 'post'])
    await soon('they see each other', allSee(ada, bob))
    ada.write('one ')
    await soon('bob reads it', bob.untilReads('one '))
    bob.write('two')
    await soon('both read all', allRead('one two', ada, bob))
    await soon('it is saved', ada.saved())
    ada.disconnect()
    ada.connect()
    await soon('ada is back', ada.synced())
    expect([proxy.count('upgrade'), proxy.count('stream')]).toEqual([2, 2])
  })

  test('[T13] when it lets upgrades through the client moves over and loses nothing', async () => {
    const [ada, bob] = [await behind({ upgrades }), await world.join()]
    ada.write('one ')
    await soon('bob reads it', bob.untilReads('one '))
    proxy.ways.upgrades = 'pass'
    ada.write('two ')
    ada.sockets.wentOnline()
    ada.write('three')
    await soon('the line ends', ada.disconnected())
    await soon('ada is back', ada.synced())
    ada.write(' four')
    await soon('both read all', allRead('one two three four', ada, bob))
    await soon('it is saved', ada.saved())
    await soon('they see each other', allSee(ada, bob))
    expect([ada.memory.failures, proxy.count('stream'), proxy.count('leave')]).toEqual([0, 1, 1])
    while (world.server.relay.stats.sessions > 2) await new Promise(setImmediate)
  })
})

describe('a proxy that gathers answers', () => {
  const ways = { upgrades: 'refuse', gathers: true } as const

  test('[T13] polls get through, and are remembered', async () => {
    const [ada, bob] = [await behind(ways), await world.join()]
    expect([ada.memory.gathers, proxy.count('stream')]).toEqual([true, 1])
    await soon('they see each other', allSee(ada, bob))
    ada.write('one ')
    bob.write('two ')
    await soon('it is saved', ada.saved())
    await soon(
      'both have all',
      ada.until(() => ada.words.length === 8),
    )
    ada.disconnect()
    ada.connect()
    await soon('ada is back', ada.synced())
    expect(proxy.count('stream')).toBe(1)
    await soon('the line that did not get through is gone', sessions(2))
  })

  test('[T13] a big document comes and goes', async () => {
    const ada = await behind(ways)
    ada.write('x'.repeat(1_500_000))
    await within(20_000, 'it is saved', ada.saved())
    const bob = await behind(ways)
    expect(bob.text.length).toBe(1_500_000)
  })
})

describe('a proxy that loses answers', () => {
  test('[T3] a request whose answer got lost is made again and taken once', async () => {
    const [ada, bob] = [await behind({ upgrades: 'refuse' }), await world.join()]
    await ada.saved()
    let lost = 0
    proxy.ways.loses = ({ method }) => method === 'POST' && lost++ < 2
    const before = await world.storedUpdates()
    ada.write('once')
    await soon('bob reads it', bob.untilReads('once'))
    // What comes next waits until the server has answered.
    ada.write(' and twice')
    await soon('bob reads it', bob.untilReads('once and twice'))
    await soon('it is saved', ada.saved())
    expect([lost >= 2, await world.storedUpdates()]).toEqual([true, before + 2])
    expect(proxy.count('stream')).toBe(1)
  })

  test('[T5] a poll whose answer got lost is answered again', async () => {
    const bob = await world.join()
    const url = proxy.syncUrl
    const ada = new KolamClient({ url }, {}, openHttp('poll', HASTY))
    await ada.synced()
    let lost = 0
    proxy.ways.loses = ({ method }) => method === 'GET' && lost++ < 3
    for (const word of ['one ', 'two ', 'three']) {
      bob.write(word)
      await soon('ada reads it', ada.untilReads(bob.words))
    }
    expect([lost >= 3, ada.client.state.name, world.server.relay.stats.sessions]).toEqual([
      true,
      'live',
      2,
    ])
    ada.destroy()
  })
})

/** Resolves when there are so many. */
async function sessions(count: number): Promise<void> {
  while (world.server.relay.stats.sessions !== count) await new Promise(setImmediate)
}
