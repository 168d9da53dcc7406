import { describe, expect, test } from 'vitest'
import type { DocumentFunctions } from './documents.ts'
import {
  contentOf,
  edit,
  editing,
  gate,
  settle,
  toyDocuments,
  toyInfo,
  toyUpdate,
  World,
} from './testing/index.ts'

describe('what comes in', () => {
  const bad: readonly (readonly [string, readonly number[]])[] = [
    ['an empty frame', []],
    ['an unknown type', [77]],
    ['an unknown sync message', [0, 3, 0]],
    ['a length beyond the frame', [0, 2, 200, 1, 1]],
    ['bytes after an update', [0, 2, 2, 0, 0, 1]],
    ['an update that is none', [0, 2, 3, 9, 9, 9]],
    ['a step2 that is none', [0, 1, 1, 5]],
    ['a state vector that is none', [0, 0, 1, 9]],
    ['awareness that is none', [1, 2, 9, 9]],
    ['`known` from a client', [102]],
    ['`goodbye` from a client', [104, 5]],
    ['`health` from a client', [103, 1, 0]],
    ['`auth` from a client', [2, 0, 0]],
  ]
  test.each(bad)('[S1] %s closes its session and harms nobody else', async (_, bytes) => {
    const world = new World()
    const [ada, bob] = [await world.join(), await world.join()]
    ada.sayBytes(...bytes)
    ada.say(editing(1, 0))
    bob.say(editing(2, 0))
    await world.pass(20)
    expect(ada.closedWith).toBe(4400)
    expect(ada.ending!.reason.length).toBeLessThan(124)
    expect(bob.closedWith).toBeNull()
    expect(contentOf(bob)).toEqual(['2:0'])
  })

  test('[S1] an update that turns out bad later closes its session too', async () => {
    const documents: DocumentFunctions = {
      ...toyDocuments,
      inspect: async (update) => toyInfo(update),
    }
    const world = new World({ documents })
    const ada = await world.join()
    ada.sayBytes(0, 2, 3, 9, 9, 9)
    await settle()
    expect(ada.closedWith).toBe(4400)
  })

  test('[S10] the stump of a step1 is ignored', async () => {
    const world = new World()
    const ada = await world.join()
    ada.sayBytes(0, 0)
    await settle()
    expect(ada.closedWith).toBeNull()
  })

  test('[S3] messages are stored in the order they came, however long one is examined', async () => {
    const examined = gate()
    const documents: DocumentFunctions = {
      ...toyDocuments,
      inspect: (update) =>
        update.length > 5 ? examined.passed.then(() => toyInfo(update)) : toyInfo(update),
    }
    const world = new World({ documents })
    const [ada, bob] = [await world.join(), await world.join()]
    ada.say(editing(1, 0, 1000), editing(1, 1000))
    bob.say(editing(2, 0))
    await world.pass(10)
    expect(ada.of('update')).toEqual([editing(2, 0)])
    examined.open()
    await world.pass(10)
    expect(ada.of('update')).toEqual([editing(2, 0), editing(1, 0, 1000), editing(1, 1000)])
  })

  test('[S4] a ping is answered, also while the document loads', async () => {
    const world = new World()
    const loaded = gate()
    world.store.before = () => loaded.passed
    const ada = world.connect('doc', { kolam: true })
    ada.say({ type: 'ping', nonce: 5 })
    expect(ada.messages).toEqual([{ type: 'pong', nonce: 5 }])
    loaded.open()
    await settle()
    ada.say({ type: 'ping', nonce: 2 ** 40 })
    expect(ada.messages.at(-1)).toEqual({ type: 'pong', nonce: 2 ** 40 })
  })
})

describe('roles', () => {
  test.each(['viewer', 'commenter'] as const)('[S2] a %s follows but cannot edit', async (role) => {
    const world = new World()
    const ada = await world.join('doc', { role, kolam: true })
    const bob = await world.join()
    ada.say(editing(1, 0), { type: 'step2', update: edit(1, 0) })
    bob.say(editing(2, 0))
    await world.pass(20)
    expect(ada.of('auth')).toHaveLength(2)
    expect(ada.of('update')).toEqual([editing(2, 0)])
    expect(contentOf(bob)).toEqual(['2:0'])
    expect(ada.closedWith).toBeNull()
  })

  test('[S2] a stock client is told once', async () => {
    const world = new World()
    const ada = await world.join('doc', { role: 'viewer' })
    ada.say(editing(1, 0), editing(1, 1))
    await world.pass(20)
    expect(ada.of('auth')).toHaveLength(1)
  })

  test('[S2] a viewer who knows nothing new is not refused', async () => {
    const world = new World()
    await world.relay.apply('doc', toyUpdate({ structs: [], deleted: ['1:0'] }), '')
    const ada = await world.join('doc', { role: 'viewer', kolam: true })
    ada.say({ type: 'step2', update: toyUpdate({ structs: [], deleted: ['1:0'] }) })
    await settle()
    expect(ada.of('auth', 'known')).toEqual([{ type: 'known' }])
  })

  test('[S2] a viewer is seen', async () => {
    const world = new World()
    const [ada, bob] = [await world.join('doc', { role: 'viewer' }), await world.join()]
    ada.sayBytes(1, 6, 1, 7, 1, 2, 123, 125)
    await world.pass(20)
    expect(bob.of('awareness')).toHaveLength(1)
  })
})

describe('nothing new', () => {
  test('[S8] is `known` to a Kolam client and is not stored', async () => {
    const world = new World()
    await world.relay.apply('doc', edit(1, 0, 5), '')
    const ada = await world.join('doc', { kolam: true })
    const bob = await world.join()
    ada.clear()
    ada.say({ type: 'step2', update: edit(1, 1, 3) }, { type: 'update', update: edit(1, 0) })
    ada.say({ type: 'step2', update: toyUpdate({ structs: [] }) })
    await world.pass(20)
    expect(ada.messages).toEqual([{ type: 'known' }, { type: 'known' }, { type: 'known' }])
    expect(world.store.batches).toHaveLength(1)
    expect(bob.of('update')).toEqual([])
  })

  test('[S8] a stock client gets the echo of an update only', async () => {
    const world = new World()
    await world.relay.apply('doc', edit(1, 0, 5), '')
    const [ada, bob] = [await world.join(), await world.join()]
    ada.clear()
    ada.say({ type: 'step2', update: edit(1, 0, 5) }, { type: 'update', update: edit(1, 2) })
    await world.pass(20)
    expect(ada.messages).toEqual([{ type: 'update', update: edit(1, 2) }])
    expect(bob.of('update')).toEqual([])
    expect(world.store.batches).toHaveLength(1)
  })

  test('[S8] what only waits for the disk is not known yet', async () => {
    const world = new World()
    const [ada, bob] = [await world.join(), await world.join('doc', { kolam: true })]
    const stored = gate()
    world.store.before = () => stored.passed
    ada.say(editing(1, 0))
    bob.say({ type: 'step2', update: edit(1, 0) })
    await world.pass(20)
    expect(bob.of('known')).toEqual([])
    stored.open()
    await world.pass(20)
    expect(bob.messages.map(({ type }) => type).slice(-2)).toEqual(['update', 'known'])
    expect(world.store.batches.flat()).toHaveLength(1)
  })

  test('[S9] a step2 that repeats deletions is not stored, one that brings some is', async () => {
    const world = new World()
    const old = toyUpdate({ structs: [{ client: 1, clock: 0, length: 3 }], deleted: ['1:1'] })
    await world.relay.apply('doc', old, '')
    const ada = await world.join('doc', { kolam: true })
    ada.clear()
    ada.say({ type: 'step2', update: toyUpdate({ structs: [], deleted: ['1:1'] }) })
    ada.say({ type: 'step2', update: toyUpdate({ structs: [], deleted: ['1:1', '1:2'] }) })
    ada.say({ type: 'step2', update: toyUpdate({ structs: [], deleted: ['1:1'] }) })
    await world.pass(20)
    expect(ada.messages.map(({ type }) => type)).toEqual(['known', 'update', 'known'])
    expect(world.store.batches.flat()).toHaveLength(2)
  })

  test('[S9] without a function that tells, it is stored', async () => {
    const { addsNothing: _, ...documents } = toyDocuments
    const world = new World({ documents })
    await world.relay.apply('doc', toyUpdate({ structs: [], deleted: ['1:1'] }), '')
    const ada = await world.join('doc', { kolam: true })
    ada.say({ type: 'step2', update: toyUpdate({ structs: [], deleted: ['1:1'] }) })
    await world.pass(20)
    expect(ada.of('update')).toHaveLength(1)
    expect(world.store.batches.flat()).toHaveLength(2)
  })

  test('[S9] a deletion while editing is stored without asking', async () => {
    const world = new World()
    await world.relay.apply('doc', edit(1, 0, 3), '')
    const ada = await world.join()
    ada.say({ type: 'update', update: toyUpdate({ structs: [], deleted: ['1:1'] }) })
    await world.pass(20)
    expect(world.store.batches.flat()).toHaveLength(2)
    expect(ada.of('update')).toHaveLength(1)
  })
})

describe('silence', () => {
  test('[S5] a quiet socket gets an empty awareness message in time', async () => {
    const world = new World()
    const ada = await world.join()
    ada.say({ type: 'step1', stateVector: new Uint8Array([0]) })
    await settle()
    ada.clear()
    await world.pass(9_000, 500)
    expect(ada.messages).toEqual([])
    await world.pass(2_000, 500)
    expect(ada.messages).toEqual([{ type: 'awareness', bytes: new Uint8Array([0]) }])
    for (let i = 0; i < 4; i++) {
      ada.clear()
      await world.pass(11_000, 500)
      expect(ada.messages).toHaveLength(1)
      ada.pong()
    }
  })

  test('[S5] one that hears something needs none', async () => {
    const world = new World()
    const [ada, bob] = [await world.join(), await world.join()]
    for (let i = 0; i < 12; i++) {
      ada.say(editing(1, i))
      await world.pass(5_000, 500)
    }
    expect(bob.of('awareness')).toEqual([])
  })

  test('[S6] a peer is pinged and closed when no sign of life comes', async () => {
    const world = new World()
    const [ada, bob, cleo] = [await world.join(), await world.join(), await world.join()]
    for (const peer of [ada, bob, cleo]) peer.say({ type: 'queryAwareness' })
    await world.pass(21_000, 500)
    expect([ada.pings, bob.pings, cleo.pings]).toEqual([1, 1, 1])
    bob.pong()
    cleo.say({ type: 'queryAwareness' })
    await world.pass(11_000, 500)
    expect([ada.closedWith, bob.closedWith, cleo.closedWith]).toEqual([1013, null, null])
    expect(world.relay.stats.sessions).toBe(2)
  })

  test('[S6] a peer that says something is not asked', async () => {
    const world = new World()
    const ada = await world.join()
    for (let i = 0; i < 6; i++) {
      ada.say({ type: 'queryAwareness' })
      await world.pass(15_000, 500)
    }
    expect([ada.pings, ada.closedWith]).toEqual([0, null])
  })

  test('[S7] who says nothing at all is closed, also where its machine answers pings', async () => {
    const world = new World()
    const [ada, bob] = [await world.join(), await world.join()]
    bob.say({ type: 'queryAwareness' })
    for (let i = 0; i < 4; i++) {
      await world.pass(8_000, 500)
      ada.pong()
      bob.pong()
    }
    expect([ada.closedWith, bob.closedWith]).toEqual([4408, null])
  })

  test('[S6] nothing ticks when nobody is there', async () => {
    const world = new World()
    const ada = await world.join()
    ada.hangUp()
    await world.pass(40_000, 500)
    expect(world.clock.pending).toBe(0)
  })
})
