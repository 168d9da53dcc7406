/**
 * Tabs of one browser talk to each other without the relay and repeat each other's presence to it, so that one socket
 * speaks for several client ids. Ada has two tabs; Cleo is somewhere else.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { allSee, idsOf } from './support/person.ts'
import { useRelay } from './support/relay-world.ts'
import { stock, type StockClient } from './support/stock-client.ts'
import { TcpProxy } from './support/tcp-proxy.ts'
import { VERSIONS } from './support/versions.ts'
import { soon } from './support/within.ts'

type Three = readonly [StockClient, StockClient, StockClient]

describe.each(VERSIONS)('y-websocket $name', (version) => {
  const world = useRelay(stock(version))

  /** Two tabs and somebody else, who all see each other. */
  async function twoTabsAndCleo(): Promise<Three> {
    const first = await world.join({ tab: true })
    const second = await world.join({ tab: true })
    const cleo = await world.join()
    await soon('all see all', allSee(first, second, cleo))
    return [first, second, cleo]
  }

  test('[R3] an edit of a tab is stored once and comes to everybody once', async () => {
    const [first, second, cleo] = await twoTabsAndCleo()
    const before = await world.storedUpdates()
    let heard = 0
    cleo.doc.on('update', () => (heard += 1))
    first.write('one')
    expect(second.words).toBe('one')
    await cleo.untilReads('one')
    second.write(' two')
    expect(first.words).toBe('one two')
    await cleo.untilReads('one two')
    cleo.write(' three')
    await Promise.all([first, second].map((tab) => tab.untilReads('one two three')))
    expect(heard).toBe(3)
    expect(await world.storedUpdates()).toBe(before + 3)
  })

  test('[R2] what a tab without a line writes comes to the others when it has one again', async () => {
    const [first, second, cleo] = await twoTabsAndCleo()
    first.cut()
    await first.disconnected()
    first.write('from the tab')
    expect(second.words).toBe('from the tab')
    await soon('cleo reads it', cleo.untilReads('from the tab'))
    expect(await world.storedWords()).toBe('from the tab')
  })

  test('[P5,P9] a tab that is closed takes no other tab away', async () => {
    const [first, second, cleo] = await twoTabsAndCleo()
    first.destroy()
    await soon('cleo sees it go', cleo.untilSees(first, false))
    await soon('the others see each other', allSee(second, cleo))
    second.say('cursor', 7)
    await soon(
      'cleo hears the tab',
      cleo.untilPresence(() => cleo.hears(second, 'cursor') === 7),
    )
    expect(cleo.people).toEqual(idsOf(second, cleo))
  })

  test('[P5,P6,P7] a tab whose line is cut comes back and takes nobody away, twice', async () => {
    const three = await twoTabsAndCleo()
    const [first, second] = three
    for (const tab of [first, second]) {
      tab.cut()
      await tab.disconnected()
      await tab.synced()
      await soon('all see all', allSee(...three))
      expect(three.map((one) => one.people)).toEqual(three.map(() => idsOf(...three)))
    }
  })

  test('[P8] tabs and others see each other again after a restart of the relay', async () => {
    const three = await twoTabsAndCleo()
    await world.server.stop()
    await Promise.all(three.map((one) => one.disconnected()))
    await world.server.start()
    await Promise.all(three.map((one) => one.synced()))
    await soon('all see all', allSee(...three))
    expect(three.map((one) => one.people)).toEqual(three.map(() => idsOf(...three)))
  })

  test('[P5] a browser that crashes with its tabs leaves no ghost', async () => {
    const [first, second, cleo] = await twoTabsAndCleo()
    first.crash()
    second.crash()
    await soon(
      'cleo is alone',
      cleo.untilPresence(() => cleo.people.length === 1),
    )
    expect(cleo.people).toEqual(idsOf(cleo))
  })

  test('[P5] a tab that crashes alone is no ghost', async () => {
    const [first, second, cleo] = await twoTabsAndCleo()
    first.crash()
    await soon('cleo sees it go', cleo.untilSees(first, false))
    await soon('the other tab sees it go', second.untilSees(first, false))
    await soon('the others see each other', allSee(second, cleo))
    expect(cleo.people).toEqual(idsOf(second, cleo))
  })
})

describe.each(VERSIONS)('y-websocket $name, one tab of which has a slow line', (version) => {
  // Probes would move the clocks and so hide whose word the relay takes for whose.
  const world = useRelay(stock(version), { limits: { presenceProbeMs: 0 } })
  let proxy: TcpProxy

  beforeEach(async () => {
    proxy = await TcpProxy.before(world.server.port)
  })
  afterEach(() => proxy.close())

  /** Two tabs, of which the second is faster in saying what the first one says, and somebody else. */
  async function slowTabFastTabAndCleo(): Promise<Three> {
    const url = proxy.syncUrl
    const slow = await world.join({ tab: true, url })
    const fast = await world.join({ tab: true, url })
    const cleo = await world.join()
    await soon('all see all', allSee(slow, fast, cleo))
    proxy.lines[0]?.delay(100, ['up'])
    slow.say('cursor', 1)
    await soon(
      'cleo hears it',
      cleo.untilPresence(() => cleo.hears(slow, 'cursor') === 1),
    )
    return [slow, fast, cleo]
  }

  test('[P5] the slow tab that goes without a word is no ghost', async () => {
    const [slow, fast, cleo] = await slowTabFastTabAndCleo()
    slow.crash()
    await soon('cleo sees it go', cleo.untilSees(slow, false))
    await soon('the others see each other', allSee(fast, cleo))
    expect(cleo.people).toEqual(idsOf(fast, cleo))
  })

  test('[P5] the fast tab that goes without a word takes the slow one not even for a moment', async () => {
    const [slow, fast, cleo] = await slowTabFastTabAndCleo()
    const gone: number[] = []
    cleo.awareness.on('change', ({ removed }: { removed: number[] }) => gone.push(...removed))
    fast.crash()
    await soon('the others see each other', allSee(slow, cleo))
    expect(gone).toEqual([fast.clientId])
  })
})
