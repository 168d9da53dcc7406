import { ManualClock } from '@kolam/base'
import { describe, expect, test } from 'vitest'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { Doc } from 'yjs'
import { ChannelHub } from '../testing/channel-hub.ts'
import { LockHub } from '../testing/lock-hub.ts'
import { decodeTabMessage, encodeTabMessage } from './message.ts'
import { Tabs } from './tabs.ts'

/** A browser whose tabs see each other, and no server. */
function makeBrowser() {
  const hub = new ChannelHub()
  const lockHub = new LockHub()
  const clock = new ManualClock()
  /** Lets everything arrive that is under way. */
  const pass = (ms = 33) => {
    for (let round = 0; round < 4; round++) {
      clock.advance(ms)
      hub.deliver()
      lockHub.deliver()
    }
  }
  const openTab = (name: string, hasLocks = true) => {
    const doc = new Doc()
    const awareness = new Awareness(doc)
    awareness.setLocalState({ name })
    const channel = hub.join()
    const locks = lockHub.join()
    const tabs = new Tabs({ doc, awareness, channel, clock, locks: hasLocks ? locks : null })
    tabs.start(null)
    const names = () =>
      [...awareness.getStates().values()].map((state) => String(state['name'])).toSorted()
    /** No last word: what it held is free, and nothing is heard of it. */
    const crash = () => {
      channel.close()
      channel.post = () => {}
      lockHub.kill(locks)
    }
    return { doc, awareness, channel, locks, tabs, names, crash }
  }
  return { hub, lockHub, pass, openTab }
}

describe('a tab that is gone', () => {
  test('[N7] is gone for all others at once, although it said nothing', () => {
    const { pass, openTab } = makeBrowser()
    const [one, two, three] = [openTab('one'), openTab('two'), openTab('three')]
    pass()
    expect(one.names()).toEqual(['one', 'three', 'two'])
    two.crash()
    pass(0)
    expect([one.names(), three.names()]).toEqual([
      ['one', 'three'],
      ['one', 'three'],
    ])
    expect([one.tabs.size, three.tabs.size]).toEqual([1, 1])
  })

  test('[N7] is missed also by a tab that came later', () => {
    const { pass, openTab } = makeBrowser()
    const one = openTab('one')
    pass()
    const two = openTab('two')
    pass()
    one.crash()
    pass(0)
    expect(two.names()).toEqual(['two'])
  })

  test('[N7] does not come back with what was on its way longer than its end', () => {
    const { hub, lockHub, pass, openTab } = makeBrowser()
    const [one, two] = [openTab('one'), openTab('two')]
    pass()
    two.awareness.setLocalState({ name: 'moved' })
    pass(0)
    const late = hub.join()
    two.awareness.setLocalState({ name: 'moved again' })
    const entries = encodeAwarenessUpdate(two.awareness, [two.awareness.clientID])
    two.crash()
    lockHub.deliver()
    expect(one.names()).toEqual(['one'])
    late.post(encodeTabMessage({ type: 'presence', entries }))
    hub.deliver()
    expect(one.names()).toEqual(['moved again', 'one'])
    lockHub.deliver()
    expect(one.names()).toEqual(['one'])
  })

  test('[N7] a tab that never said that it holds a lock is not called gone for not holding it', () => {
    const { pass, openTab } = makeBrowser()
    const one = openTab('one')
    const two = openTab('two', false)
    pass()
    expect([one.names(), two.names()]).toEqual([
      ['one', 'two'],
      ['one', 'two'],
    ])
    one.crash()
    pass()
    expect(two.names()).toEqual(['one', 'two'])
  })

  test('[N7] a lock is said to be held only when it is', () => {
    const { hub, lockHub, pass, openTab } = makeBrowser()
    const one = openTab('one')
    pass()
    one.tabs.leave()
    const said: unknown[] = []
    hub.join().listener = (bytes) => said.push(decodeTabMessage(bytes)?.type)
    openTab('two')
    one.tabs.meet()
    hub.deliver()
    // The browser takes its time; everything else is heard already.
    expect(said).toEqual(expect.arrayContaining(['hello', 'state']))
    expect(said).not.toContain('alive')
    lockHub.deliver()
    hub.deliver()
    expect(said.filter((type) => type === 'alive')).toHaveLength(2)
  })
})

describe('a page that is put aside', () => {
  test('[N8] holds nothing and awaits nothing, and is back when it is shown again', () => {
    const { lockHub, pass, openTab } = makeBrowser()
    const [one, two] = [openTab('one'), openTab('two')]
    pass()
    expect(lockHub.concerns(two.locks)).toBe(true)
    two.tabs.leave()
    expect(lockHub.concerns(two.locks)).toBe(false)
    pass()
    expect(one.names()).toEqual(['one'])
    two.tabs.meet()
    pass()
    expect([one.names(), two.names()]).toEqual([
      ['one', 'two'],
      ['one', 'two'],
    ])
    two.crash()
    pass(0)
    expect(one.names()).toEqual(['one'])
  })

  test('[N8] learns who went meanwhile', () => {
    const { pass, openTab } = makeBrowser()
    const [one, two, three] = [openTab('one'), openTab('two'), openTab('three')]
    pass()
    one.tabs.leave()
    // Nothing is heard while a page is put aside.
    const { listener } = one.channel
    one.channel.listener = null
    two.crash()
    pass()
    one.channel.listener = listener
    one.tabs.meet()
    pass()
    expect([one.names(), three.names()]).toEqual([
      ['one', 'three'],
      ['one', 'three'],
    ])
  })

  test('[N8] a page that wakes up without having left goes on holding its lock', () => {
    const { lockHub, pass, openTab } = makeBrowser()
    const [one, two] = [openTab('one'), openTab('two')]
    pass()
    two.tabs.meet()
    two.tabs.meet()
    pass()
    expect(one.names()).toEqual(['one', 'two'])
    two.tabs.stop()
    expect(lockHub.concerns(two.locks)).toBe(false)
    pass()
    expect(one.names()).toEqual(['one'])
  })
})
