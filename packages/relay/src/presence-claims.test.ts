import { LIMITS } from '@kolam/protocol'
import { describe, expect, test } from 'vitest'
import { AwarenessClient, passWith as live, presence, presenceOf, World } from './testing/index.ts'

/** People in a room that is old enough for unknown ids to be new ones. */
async function room(
  ...ids: readonly number[]
): Promise<{ world: World; people: AwarenessClient[] }> {
  const world = new World()
  const people = ids.map((id) => new AwarenessClient(id).connect(world))
  await live(world, people, 100)
  for (let second = 0; second < 70; second++) {
    await world.pass(1_000, 1_000)
    for (const client of people) client.read()
  }
  for (const { heard } of people) heard.length = 0
  return { world, people }
}

describe('who speaks for somebody else', () => {
  test('[P15] who is said to be gone says that it is not, and is seen all the time', async () => {
    const { world, people } = await room(1, 2, 3)
    const [ada, bob, eve] = people as [AwarenessClient, AwarenessClient, AwarenessClient]
    const before = ada.clock
    for (let i = 0; i < 100; i++) {
      eve.peer.say(presence([1, ada.clock + (i % 3), null]))
      await live(world, people, 10)
    }
    expect(bob.heard.map(([, state]) => state)).not.toContain(null)
    expect(bob.states.get(1)).toBe('I am 1')
    // Once in 250 ms, however often somebody else says so.
    expect(ada.clock - before).toBeLessThanOrEqual(5)
    expect(ada.clock).toBeGreaterThan(before)
  })

  test('[P15] who is impersonated comes back at once, as what it was', async () => {
    const { world, people } = await room(1, 2, 3)
    const [ada, bob, eve] = people as [AwarenessClient, AwarenessClient, AwarenessClient]
    eve.peer.say(presence([1, ada.clock + 5, 'not me']))
    await live(world, people, 20)
    expect(bob.heard.at(-1)).toEqual([1, 'I am 1'])
    expect(ada.states.get(1)).toBe('I am 1')
  })

  test('[P15] who impersonates somebody again and again is soon not heard', async () => {
    const { world, people } = await room(1, 2, 3)
    const [ada, bob, eve] = people as [AwarenessClient, AwarenessClient, AwarenessClient]
    const before = ada.clock
    for (let i = 0; i < 1_000; i++) {
      eve.peer.say(presence([1, ada.clock + 1, 'not me']))
      await live(world, people, 10)
    }
    // 8 at once, and one more after 10 s.
    expect(bob.heard.filter(([, state]) => state === 'not me').length).toBeLessThanOrEqual(9)
    // Each costs one step and one answer.
    expect(ada.clock - before).toBeLessThanOrEqual(18)
    expect(bob.states.get(1)).toBe('I am 1')
    expect(eve.peer.closedWith).toBeNull()
  })

  test('[P15] several who do it together do not keep its own from it', async () => {
    const { world, people } = await room(1, 2, 3, 4, 5, 6)
    const [ada, bob, ...others] = people as [AwarenessClient, AwarenessClient, ...AwarenessClient[]]
    for (let i = 0; i < 100; i++) {
      others.forEach((eve, step) => eve.peer.say(presence([1, ada.clock + 1 + step, 'not me'])))
      await live(world, people, 10)
      expect(bob.states.get(1)).toBe('I am 1')
    }
  })

  test('[P15] what is not heard is not read either', async () => {
    const { world, people } = await room(1, 2)
    const [ada, eve] = people as [AwarenessClient, AwarenessClient]
    for (let i = 0; i < 8; i++) {
      eve.peer.say(presence([1, ada.clock + 1, 'not me']))
      await live(world, people, 10)
    }
    const clock = [0x80 | (ada.clock + 1), 1]
    eve.peer.sayBytes(1, 6, 1, 1, ...clock, 1, 123)
    await live(world, people, 10)
    expect(eve.peer.closedWith).toBeNull()
  })

  test('[P15] a tab may repeat what the tab beside it says', async () => {
    const { world, people } = await room(1, 2)
    const [bob, first] = people as [AwarenessClient, AwarenessClient]
    const second = new AwarenessClient(3).connect(world)
    first.tabs.push(second)
    second.tabs.push(first)
    await live(world, [...people, second], 50)
    for (let i = 0; i < 100; i++) {
      first.say(`moved ${i}`)
      await live(world, [...people, second], 20)
      expect(bob.states.get(2)).toBe(`moved ${i}`)
    }
    first.crash().hangUp()
    await live(world, [bob, second], 20)
    expect(bob.states.has(2)).toBe(false)
    expect(bob.states.has(3)).toBe(true)
  })

  test('[P15] a tab has the right to its id, though the tab beside it spoke of it before', async () => {
    const { world, people } = await room(1, 2)
    const [bob, fast] = people as [AwarenessClient, AwarenessClient]
    fast.peer.say(presence([3, 1, 'I am 3']))
    await live(world, people, 20)
    const slow = new AwarenessClient(3).connect(world)
    await live(world, [...people, slow], 20)
    for (let i = 0; i < 40; i++) {
      fast.peer.say(presence([3, slow.clock + 1, 'repeated']))
      await live(world, [bob], 10)
      slow.say(`moved ${i}`, 2)
      await live(world, [bob], 10)
      expect(bob.states.get(3)).toBe(`moved ${i}`)
    }
  })
})

describe('clocks', () => {
  test('[P16] nobody drives the clock of somebody who is away to its end', async () => {
    const { world, people } = await room(1, 2, 3)
    const [ada, bob, eve] = people as [AwarenessClient, AwarenessClient, AwarenessClient]
    ada.vanish().hangUp()
    await live(world, [bob, eve], 20)
    for (let clock = ada.clock; clock < 2 ** 53 - 1; clock = clock * 3 + 7) {
      const entries = [clock, 2 ** 52, 2 ** 53 - 1].map((at) => [1, at, 'not me'] as const)
      eve.peer.say(presence(...entries), presence(...entries))
    }
    for (let i = 0; i < 2_000; i++) eve.peer.say(presence([1, i * 2 ** 20, 'not me']))
    eve.peer.say(presence([4, 2 ** 41, 'never seen']))
    await live(world, [bob, eve], 20)
    expect(bob.states.has(4)).toBe(false)
    eve.vanish().hangUp()
    ada.connect(world)
    await live(world, [ada, bob], 50)
    expect(bob.states.get(1)).toBe('I am 1')
    expect(ada.clock).toBeLessThan(2 ** 30)
  })

  test('[P16] who moved for hours without a connection is seen again', async () => {
    const { world, people } = await room(1, 2)
    const [ada, bob] = people as [AwarenessClient, AwarenessClient]
    ada.vanish().hangUp()
    await live(world, [bob], 20)
    ada.say('back', 2_000_000)
    ada.connect(world)
    await live(world, [ada, bob], 20)
    expect(bob.states.get(1)).toBe('back')
  })
})

describe('what one connection may cost', () => {
  test('[P14] beyond 64 KiB of states an id is there and says nothing', async () => {
    const { world, people } = await room(1, 2)
    const [bob, eve] = people as [AwarenessClient, AwarenessClient]
    const large = 'x'.repeat(12_000)
    for (let id = 10; id < 16; id++) eve.peer.say(presence([id, 1, large]))
    await live(world, people, 50)
    const sizes = [10, 11, 12, 13, 14, 15].map((id) => JSON.stringify(bob.states.get(id)).length)
    expect(sizes).toEqual([12_002, 12_002, 12_002, 12_002, 12_002, 2])
    eve.peer.say(presence([10, 2, null]), presence([15, 2, large]))
    await live(world, people, 50)
    expect(bob.states.get(15)).toBe(large)
  })

  test('[P14] a state that nobody needs does not cost its sender the connection', async () => {
    const { world, people } = await room(1, 2)
    const [ada, bob] = people as [AwarenessClient, AwarenessClient]
    ada.say('x'.repeat(LIMITS.awarenessStateBytesMax + 1))
    await live(world, people, 20)
    expect(ada.peer.closedWith).toBeNull()
    expect(bob.states.get(1)).toEqual({})
  })

  test('[P17] a crowd is several messages that every client takes', async () => {
    const { world, people } = await room(1)
    const [bob] = people as [AwarenessClient]
    const crowd = Array.from({ length: 60 }, (_, i) => world.connect('doc', { person: `${i}` }))
    await world.pass(10)
    bob.peer.clear()
    crowd.forEach((peer, i) => {
      for (let tab = 0; tab < 3; tab++)
        peer.say(presence([100 + 3 * i + tab, 1, 'x'.repeat(12_000)]))
    })
    await world.pass(100)
    const late = await world.join()
    for (const { peer } of [bob, { peer: late }]) {
      const messages = peer.of('awareness')
      expect(messages.length).toBeGreaterThan(5)
      for (const { bytes } of messages)
        expect(bytes.length).toBeLessThanOrEqual(LIMITS.awarenessBytesMax)
      const ids = new Set(presenceOf(peer).flatMap((entries) => entries.map(([id]) => id)))
      expect(ids.size).toBeGreaterThanOrEqual(180)
    }
  })

  test('[P18] one connection makes the others move once, however often it returns', async () => {
    const { world, people } = await room(1, 2)
    const [ada, bob] = people as [AwarenessClient, AwarenessClient]
    const gone = [11, 12, 13, 14].map((id) => new AwarenessClient(id).connect(world))
    await live(world, [...people, ...gone], 1_000)
    for (const client of gone) client.vanish().hangUp()
    await live(world, people, 1_000)
    const clocks = [ada.clock, bob.clock]
    const eve = await world.join()
    for (const { id } of gone) {
      eve.say(presence([id, 1, 'back']))
      await live(world, people, 1_000)
    }
    expect([ada.clock, bob.clock]).toEqual(clocks.map((clock) => clock + 1))
  })
})
