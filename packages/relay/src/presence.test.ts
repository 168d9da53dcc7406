import { describe, expect, test } from 'vitest'
import { editing, gate, presence, presenceOf, settle, toyUpdate, World } from './testing/index.ts'
import type { Connection } from './testing/index.ts'

const HERE = { name: 'ada' }
const STEP2 = { type: 'step2', update: toyUpdate({ structs: [] }) } as const

/** Joins like a stock client does: announces itself, then answers the relay's step1. */
async function arrive(world: World, id: number, clock: number): Promise<Connection> {
  const peer = world.connect()
  peer.say({ type: 'step1', stateVector: new Uint8Array([0]) }, presence([id, clock, HERE]), STEP2)
  await world.pass(30)
  return peer
}

/** A world whose room is old enough that unknown ids are new ones. */
async function oldRoom(): Promise<World> {
  const world = new World()
  const keeper = await world.join()
  keeper.say(STEP2)
  for (let i = 0; i < 4; i++) {
    await world.pass(20_000, 1000)
    keeper.pong()
  }
  return world
}

describe('coming, moving, going', () => {
  test('[P1] all of a turn goes out in one message, the last state of each id', async () => {
    const world = await oldRoom()
    const [ada, bob] = [await arrive(world, 1, 1), await arrive(world, 2, 1)]
    for (const peer of [ada, bob]) peer.clear()
    ada.say(presence([1, 2, 'a']), presence([1, 3, 'b']))
    bob.say(presence([2, 2, 'c']))
    expect(bob.messages).toEqual([])
    await world.pass(1)
    const expected = [
      [
        [1, 3, 'b'],
        [2, 2, 'c'],
      ],
    ]
    expect(presenceOf(bob)).toEqual(expected)
    expect(presenceOf(ada)).toEqual(expected)
  })

  test('[P2] what is not newer is dropped, even where it is no JSON', async () => {
    const world = await oldRoom()
    const [ada, bob] = [await arrive(world, 1, 5), await arrive(world, 2, 1)]
    bob.clear()
    ada.say(presence([1, 5, 'again']), presence([1, 4, 'old']), presence([2, 0, null]))
    ada.sayBytes(1, 5, 1, 1, 5, 1, 123)
    await world.pass(30)
    expect(bob.messages).toEqual([])
    expect(ada.closedWith).toBeNull()
  })

  test('[P2] the same clock saying that a present one is gone is news, once', async () => {
    const world = await oldRoom()
    const [ada, bob] = [await arrive(world, 1, 5), await arrive(world, 2, 1)]
    bob.clear()
    ada.say(presence([1, 5, null]), presence([1, 5, null]))
    await world.pass(30)
    ada.say(presence([1, 5, null]))
    await world.pass(30)
    expect(presenceOf(bob)).toEqual([[[1, 5, null]]])
  })

  test.each([
    ['half an object', [123]],
    ['a null with a space', [32, 110, 117, 108, 108]],
    ['no UTF-8', [34, 255, 34]],
  ])('[P3] %s closes its sender and reaches nobody', async (_, state) => {
    const world = await oldRoom()
    const [ada, bob] = [await arrive(world, 1, 1), await arrive(world, 2, 1)]
    bob.clear()
    ada.sayBytes(1, 4 + state.length, 1, 1, 9, state.length, ...state)
    await world.pass(30)
    expect(ada.closedWith).toBe(4400)
    expect(presenceOf(bob)).toEqual([[[1, 1, null]]])
  })

  test('[P4] whoever joins is told who is there, and so is whoever asks', async () => {
    const world = await oldRoom()
    const ada = await arrive(world, 1, 1)
    const bob = await world.join()
    expect(presenceOf(bob)).toEqual([[[1, 1, HERE]]])
    bob.clear()
    bob.say({ type: 'queryAwareness' })
    expect(presenceOf(bob)).toEqual([[[1, 1, HERE]]])
    ada.hangUp()
    await world.pass(30)
    const cleo = await world.join()
    expect(presenceOf(cleo)).toEqual([])
  })

  test('[P5] when a socket goes, so do its ids', async () => {
    const world = await oldRoom()
    const [ada, bob] = [await arrive(world, 1, 4), await arrive(world, 2, 1)]
    ada.say(presence([11, 7, HERE]))
    await world.pass(30)
    bob.clear()
    ada.hangUp()
    await world.pass(1)
    expect(presenceOf(bob)).toEqual([
      [
        [1, 4, null],
        [11, 7, null],
      ],
    ])
  })

  test('[P5] the socket that advanced an id last owns it', async () => {
    const world = await oldRoom()
    const [old, bob] = [await arrive(world, 1, 4), await arrive(world, 2, 1)]
    const young = await world.join()
    young.say(presence([1, 5, HERE]))
    await world.pass(30)
    bob.clear()
    old.hangUp()
    await world.pass(30)
    expect(presenceOf(bob)).toEqual([])
    young.hangUp()
    await world.pass(30)
    expect(presenceOf(bob)).toEqual([[[1, 5, null]]])
  })
})

/** Two tabs: the second repeats what the first says of itself, and is always faster. */
async function tabs(world: World): Promise<{ slow: Connection; fast: Connection }> {
  const [slow, fast] = [await arrive(world, 1, 1), await arrive(world, 2, 1)]
  fast.say(presence([1, 2, 'moved']))
  slow.say(presence([1, 2, 'moved']))
  await world.pass(30)
  return { slow, fast }
}

describe('one socket that speaks for several ids', () => {
  test('[P5] the tab whose words came over the other socket goes with its own', async () => {
    const world = await oldRoom()
    const { slow, fast } = await tabs(world)
    const bob = await world.join()
    bob.clear()
    slow.hangUp()
    await world.pass(30)
    expect(presenceOf(bob)).toEqual([[[1, 2, null]]])
    fast.hangUp()
    await world.pass(30)
    expect(presenceOf(bob).at(-1)).toEqual([[2, 1, null]])
  })

  test('[P5] the other socket takes it away not even for a moment', async () => {
    const world = await oldRoom()
    const { slow, fast } = await tabs(world)
    const bob = await world.join()
    bob.clear()
    fast.hangUp()
    await world.pass(30)
    expect(presenceOf(bob)).toEqual([[[2, 1, null]]])
    slow.say(presence([1, 3, 'alone']))
    await world.pass(30)
    expect(presenceOf(bob).at(-1)).toEqual([[1, 3, 'alone']])
    slow.hangUp()
    await world.pass(30)
    expect(presenceOf(bob).at(-1)).toEqual([[1, 3, null]])
  })

  test('[P5] also where the other socket spoke of it before its own was there', async () => {
    const world = await oldRoom()
    const fast = await arrive(world, 2, 1)
    fast.say(presence([1, 1, HERE]))
    await world.pass(30)
    const slow = await arrive(world, 1, 1)
    fast.say(presence([1, 2, HERE]))
    await world.pass(30)
    const bob = await world.join()
    bob.clear()
    slow.hangUp()
    await world.pass(30)
    expect(presenceOf(bob)).toEqual([[[1, 2, null]]])
  })

  test('[P5] an id nobody called its own goes with whoever advanced it last', async () => {
    const world = await oldRoom()
    const [ada, bob, cleo] = [await world.join(), await world.join(), await world.join()]
    for (const peer of [ada, bob, cleo]) peer.say(STEP2)
    ada.say(presence([7, 1, HERE]))
    bob.say(presence([7, 2, HERE]))
    await world.pass(30)
    cleo.clear()
    ada.hangUp()
    await world.pass(30)
    expect(presenceOf(cleo)).toEqual([])
    bob.hangUp()
    await world.pass(30)
    expect(presenceOf(cleo)).toEqual([[[7, 2, null]]])
  })

  test('[P5] who came back and drops is gone, though its first socket is not known to be dead', async () => {
    const world = await oldRoom()
    const [, bob] = [await arrive(world, 1, 4), await arrive(world, 2, 1)]
    const again = await arrive(world, 1, 4)
    again.say(presence([1, 5, HERE]))
    await world.pass(30)
    bob.clear()
    again.hangUp()
    await world.pass(30)
    expect(presenceOf(bob)).toEqual([[[1, 5, null]]])
  })

  test('[P7] what another socket repeats is asked of the socket whose it is', async () => {
    const world = await oldRoom()
    const { slow, fast } = await tabs(world)
    const gone = await arrive(world, 3, 1)
    gone.hangUp()
    await world.pass(1_000, 10)
    for (const peer of [slow, fast]) peer.clear()
    await arrive(world, 3, 1)
    expect(presenceOf(slow)).toContainEqual([[1, 2, null]])
  })
})

describe('coming back', () => {
  test('[P6] a client whose clock others have seen is made to advance it', async () => {
    const world = await oldRoom()
    const [ada, bob] = [await arrive(world, 1, 4), await arrive(world, 2, 1)]
    ada.hangUp()
    await world.pass(30)
    bob.clear()
    const again = await arrive(world, 1, 4)
    expect(presenceOf(again)).toContainEqual([[1, 4, null]])
    expect(presenceOf(bob).flat()).not.toContainEqual([1, 4, HERE])
    again.say(presence([1, 5, HERE]))
    await world.pass(30)
    expect(presenceOf(bob).flat()).toContainEqual([1, 5, HERE])
  })

  test('[P6] also while its old socket is not known to be dead', async () => {
    const world = await oldRoom()
    const [old, bob] = [await arrive(world, 1, 4), await arrive(world, 2, 1)]
    const again = await arrive(world, 1, 4)
    expect(presenceOf(again)).toContainEqual([[1, 4, null]])
    again.say(presence([1, 5, HERE]))
    await world.pass(30)
    bob.clear()
    old.hangUp()
    await world.pass(30)
    expect(presenceOf(bob)).toEqual([])
  })

  test('[P6] each id of a socket once', async () => {
    const world = await oldRoom()
    const ada = await arrive(world, 1, 4)
    ada.hangUp()
    await world.pass(30)
    const again = await world.join()
    again.say(presence([1, 4, HERE]), presence([1, 4, HERE]), presence([1, 4, HERE]))
    await world.pass(30)
    expect(presenceOf(again).filter(([entry]) => entry?.[2] === null)).toHaveLength(1)
  })

  test('[P7] the others are made to advance too, so that it sees them', async () => {
    const world = await oldRoom()
    const [ada, bob, cleo] = [
      await arrive(world, 1, 4),
      await arrive(world, 2, 8),
      await arrive(world, 3, 6),
    ]
    ada.hangUp()
    await world.pass(300, 10)
    for (const peer of [bob, cleo]) peer.clear()
    const again = await arrive(world, 1, 9)
    expect(presenceOf(bob)).toContainEqual([[2, 8, null]])
    expect(presenceOf(cleo)).toContainEqual([[3, 6, null]])
    expect(presenceOf(again).flat()).not.toContainEqual([2, 8, null])
  })

  test('[P7] of many who return together in one round', async () => {
    const world = await oldRoom()
    const stayed = await arrive(world, 99, 1)
    const ids = Array.from({ length: 20 }, (_, i) => i + 1)
    for (const id of ids) (await arrive(world, id, 1)).hangUp()
    await world.pass(1_000, 10)
    stayed.clear()
    for (const id of ids) {
      const peer = world.connect()
      peer.say(presence([id, 1, HERE]), STEP2)
    }
    await world.pass(2_000, 10)
    const probes = presenceOf(stayed).filter((entries) => entries.some(([id]) => id === 99))
    expect(probes).toHaveLength(2)
  })

  test('[P8] after a room was loaded, an unknown id is made to advance once', async () => {
    const world = new World()
    const ada = await arrive(world, 1, 4)
    expect(presenceOf(ada)).toContainEqual([[1, 4, null]])
    ada.clear()
    const bob = await arrive(world, 2, 7)
    expect(presenceOf(bob)).toContainEqual([[2, 7, null]])
    await world.pass(300, 10)
    expect(presenceOf(ada)).toContainEqual([[1, 4, null]])
  })

  test('[P8] later it is taken for a new one', async () => {
    const world = await oldRoom()
    const bob = await world.join()
    const ada = await arrive(world, 1, 4)
    expect(presenceOf(ada)).toEqual([])
    expect(presenceOf(bob)).toEqual([[[1, 4, HERE]]])
  })

  test('[P19] who moves alone is not told where it is, but with others or an update it is', async () => {
    const world = await oldRoom()
    const [ada, bob] = [await arrive(world, 1, 4), await arrive(world, 2, 7)]
    await world.pass(1_000, 10)
    for (const peer of [ada, bob]) peer.clear()
    ada.say(presence([1, 5, HERE]))
    await world.pass(50)
    expect([presenceOf(ada), presenceOf(bob)]).toEqual([[], [[[1, 5, HERE]]]])
    ada.say(presence([1, 6, HERE]))
    bob.say(presence([2, 8, HERE]))
    await world.pass(50)
    expect(presenceOf(ada)).toHaveLength(1)
    expect(presenceOf(ada)[0]).toHaveLength(2)
  })

  test('[P9] what a client repeats of others is neither probed nor passed on', async () => {
    const world = new World()
    const [ada, bob] = [await arrive(world, 1, 4), await arrive(world, 2, 7)]
    await world.pass(1_000, 10)
    for (const peer of [ada, bob]) peer.clear()
    ada.say(presence([2, 7, HERE]))
    bob.say(presence([1, 4, HERE]))
    await world.pass(1_000, 10)
    expect([ada.messages, bob.messages]).toEqual([[], []])
  })
})

describe('when it goes out', () => {
  test('[P10] it rides with a commit of its room that is under way', async () => {
    const world = await oldRoom()
    const [ada, bob] = [await arrive(world, 1, 1), await arrive(world, 2, 1)]
    bob.clear()
    const stored = gate()
    world.store.before = () => stored.passed
    ada.say(editing(1, 0), presence([1, 2, HERE]))
    await world.pass(10)
    expect(bob.messages).toEqual([])
    stored.open()
    await settle()
    expect(bob.writes).toHaveLength(1)
    expect(bob.messages.map(({ type }) => type)).toEqual(['update', 'awareness'])
    await world.pass(50)
    expect(bob.writes).toHaveLength(1)
  })

  test('[P10] a slow disk does not hold it', async () => {
    const world = await oldRoom()
    const [ada, bob] = [await arrive(world, 1, 1), await arrive(world, 2, 1)]
    bob.clear()
    world.store.before = () => gate().passed
    ada.say(editing(1, 0), presence([1, 2, HERE]))
    await world.pass(25)
    expect(presenceOf(bob)).toEqual([[[1, 2, HERE]]])
  })

  test('[P10] a failing disk does not hold it either', async () => {
    const world = await oldRoom()
    const [ada, bob] = [await arrive(world, 1, 1), await arrive(world, 2, 1)]
    world.store.before = () => Promise.reject(new Error('full'))
    ada.say(editing(1, 0))
    await world.pass(30)
    bob.clear()
    ada.say(presence([1, 2, HERE]))
    await world.pass(1)
    expect(presenceOf(bob)).toEqual([[[1, 2, HERE]]])
  })

  test('[P11] many flushes keep a pace', async () => {
    const world = await oldRoom()
    const [ada, bob] = [await arrive(world, 1, 1), await arrive(world, 2, 1)]
    bob.clear()
    for (let i = 2; i < 42; i++) {
      ada.say(presence([1, i, HERE]))
      await world.pass(1)
    }
    expect(bob.writes.length).toBeGreaterThan(8)
    expect(bob.writes.length).toBeLessThan(12)
  })
})
