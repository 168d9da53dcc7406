import { seededRandom } from '@kolam/base'
import { StoreError } from '@kolam/persistence'
import { describe, expect, test } from 'vitest'
import {
  contentOf,
  edit,
  editing,
  gate,
  memoryWire,
  NOTHING,
  RecordingPeer,
  settle,
  toyContent,
  toyDocuments,
  toyUpdate,
  World,
} from './testing/index.ts'

const DISK_FULL = new StoreError('full', 'No room left')

describe('durable before visible', () => {
  test('[C1] nobody sees an update before the store resolves, then everybody does, the sender included', async () => {
    const world = new World()
    const [ada, bob] = [await world.join(), await world.join()]
    const stored = gate()
    world.store.before = () => stored.passed
    ada.say(editing(1, 0))
    await world.pass(50)
    expect([ada.of('update'), bob.of('update')]).toEqual([[], []])
    stored.open()
    await settle()
    for (const peer of [ada, bob]) expect(peer.of('update')).toEqual([editing(1, 0)])
  })

  test('[C1] a step2 that brings something goes out as an update with its bytes', async () => {
    const world = new World()
    const [ada, bob] = [await world.join(), await world.join()]
    const update = toyUpdate({ structs: [{ client: 1, clock: 0, length: 2 }], deleted: ['1:1'] })
    ada.say({ type: 'step2', update })
    await settle()
    for (const peer of [ada, bob]) expect(peer.of('update')).toEqual([{ type: 'update', update }])
  })

  test('[C1] the author and the time are stored', async () => {
    const world = new World()
    const ada = await world.join('doc', { person: 'ada' })
    ada.say(editing(1, 0))
    await settle()
    expect(world.store.batches).toEqual([
      [{ document: 'doc', update: edit(1, 0), at: 1_000_000, author: 'ada' }],
    ])
  })

  test('[C1] bytes that the caller uses again do not change what is stored', async () => {
    const world = new World()
    const ada = await world.join()
    const stored = gate()
    world.store.before = () => stored.passed
    const frame = new Uint8Array([0, 2, 5, 1, 1, 0, 1, 0])
    ada.sayFrame(frame)
    const [first] = world.store.batches[0]!
    frame.fill(255)
    expect(first!.update).toEqual(edit(1, 0))
    stored.open()
  })
})

describe('batches', () => {
  test('[C2] while one commit is under way the updates of all rooms gather for the next', async () => {
    const world = new World()
    const [ada, bob] = [await world.join('a'), await world.join('b')]
    const stored = gate()
    world.store.before = () => stored.passed
    ada.say(editing(1, 0))
    ada.say(editing(1, 1))
    bob.say(editing(2, 0))
    ada.say(editing(1, 2))
    await world.pass(30)
    expect(world.store.batches).toHaveLength(1)
    stored.open()
    await world.pass(10)
    expect(world.store.batches.map((batch) => batch.map(({ document }) => document))).toEqual([
      ['a'],
      ['a', 'a', 'b'],
    ])
    expect(contentOf(bob)).toEqual(['2:0'])
    expect(contentOf(ada)).toEqual(['1:0', '1:1', '1:2'])
  })

  test('[C3] the first commit starts at once, the next ones keep a pace', async () => {
    const world = new World({ limits: { commitPaceMs: 4 } })
    const ada = await world.join()
    ada.say(editing(1, 0))
    expect(world.store.batches).toHaveLength(1)
    await settle()
    for (let i = 1; i <= 3; i++) ada.say(editing(1, i))
    await world.pass(3)
    expect(world.store.batches).toHaveLength(1)
    await world.pass(1)
    expect(world.store.batches.map((batch) => batch.length)).toEqual([1, 3])
    await world.pass(100)
    ada.say(editing(1, 4))
    expect(world.store.batches).toHaveLength(3)
  })

  test('[C9] a flush is one write for each peer, framed once for all of them', async () => {
    let built = 0
    const wire = {
      frame: (messages: readonly Uint8Array[]) => {
        built += 1
        return memoryWire.frame(messages)
      },
    }
    const world = new World()
    const ada = await world.join()
    const others = Array.from({ length: 5 }, () => new RecordingPeer(wire))
    for (const peer of others) {
      peer.session = world.relay.connect('doc', peer, { kolam: true, role: 'editor', person: '' })
    }
    await settle()
    for (const peer of others) peer.clear()
    built = 0
    ada.say(editing(1, 0), editing(1, 1), editing(1, 2))
    await world.pass(10)
    expect(built).toBe(2)
    for (const peer of others) {
      expect(peer.writes).toHaveLength(2)
      expect(peer.of('update')).toHaveLength(3)
      expect(peer.writes[1]).toBe(others[0]!.writes[1])
    }
  })
})

describe('answers in order', () => {
  test('[C8] `known` comes after the echoes of what was sent before it, and before those after', async () => {
    const world = new World()
    await world.relay.apply('doc', edit(9, 0), '')
    await world.pass(10)
    const ada = await world.join('doc', { kolam: true })
    const bob = await world.join()
    for (const peer of [ada, bob]) peer.clear()
    const stored = gate()
    world.store.before = () => stored.passed
    ada.say(editing(1, 0))
    bob.say(editing(2, 0))
    ada.say({ type: 'step2', update: edit(9, 0) }, editing(1, 1))
    await world.pass(10)
    expect(ada.messages).toEqual([])
    stored.open()
    await world.pass(10)
    expect(ada.messages).toEqual([editing(1, 0), editing(2, 0), { type: 'known' }, editing(1, 1)])
    expect(bob.messages).toEqual([editing(1, 0), editing(2, 0), editing(1, 1)])
  })

  test('[C8] all of them wait for a step2 that is being made', async () => {
    const merging = gate()
    const merge = (updates: readonly Uint8Array[]) =>
      merging.passed.then(() => toyDocuments.merge(updates))
    const world = new World({ documents: { ...toyDocuments, merge } })
    for (const clock of [0, 1]) {
      await world.relay.apply('doc', edit(9, clock), '')
      await world.pass(10)
    }
    const ada = await world.join('doc', { kolam: true })
    ada.clear()
    ada.say({ type: 'step1', stateVector: NOTHING }, editing(1, 0))
    ada.say({ type: 'step2', update: edit(9, 0) })
    await world.pass(20)
    ada.say({ type: 'step2', update: edit(9, 1) })
    await world.pass(20)
    expect(ada.messages).toEqual([])
    merging.open()
    await world.pass(20)
    expect(ada.messages.map(({ type }) => type)).toEqual(['step2', 'update', 'known', 'known'])
  })

  test('[C8] also while a step2 is being made', async () => {
    const world = new World()
    await world.relay.apply('doc', edit(9, 0), '')
    const ada = await world.join('doc', { kolam: true })
    ada.clear()
    ada.say({ type: 'step1', stateVector: NOTHING }, editing(1, 0))
    ada.say({ type: 'step2', update: edit(9, 0) })
    await world.pass(20)
    expect(ada.messages.map(({ type }) => type)).toEqual(['step2', 'update', 'known'])
  })
})

describe('a store that fails', () => {
  test('[C4] the batch is tried again until it is kept; nothing of it is seen before, nothing overtakes it', async () => {
    const world = new World()
    const [ada, bob] = [await world.join(), await world.join()]
    world.store.before = () => Promise.reject(DISK_FULL)
    ada.say(editing(1, 0))
    await world.pass(1)
    bob.say(editing(2, 0))
    await world.pass(3_000, 10)
    const attempts = world.store.batches.length
    expect(attempts).toBeGreaterThan(2)
    expect(attempts).toBeLessThan(40)
    expect(bob.of('update')).toEqual([])
    world.store.before = () => {}
    await world.pass(6_000, 10)
    expect(bob.of('update')).toEqual([editing(1, 0), editing(2, 0)])
  })

  test('[C5] Kolam clients are told that it fails and that it works again', async () => {
    const world = new World()
    const [ada, bob] = [await world.join('doc', { kolam: true }), await world.join()]
    world.store.before = (call) => (call === 'append' ? Promise.reject(DISK_FULL) : undefined)
    ada.say(editing(1, 0))
    await world.pass(1_000, 10)
    expect(world.relay.health).toMatchObject({ state: 'degraded' })
    expect(ada.of('health')).toMatchObject([{ degraded: true }])
    const cleo = await world.join('other', { kolam: true })
    expect(cleo.of('health')).toMatchObject([{ degraded: true }])
    world.store.before = () => {}
    await world.pass(6_000, 10)
    expect(world.relay.health).toEqual({ state: 'ok' })
    expect(ada.of('health')).toMatchObject([{ degraded: true }, { degraded: false }])
    expect(bob.of('health')).toEqual([])
  })

  test('[C6] an update the store will never take closes its room and no others', async () => {
    const world = new World()
    const [ada, bob, cleo] = [await world.join('a'), await world.join('b'), await world.join('c')]
    const stored = gate()
    world.store.before = () => stored.passed
    ada.say(editing(1, 0))
    await settle()
    for (const peer of [ada, bob, cleo]) peer.say(editing(5, 0))
    world.store.before = (call) => {
      const isRefused = world.store.batches.at(-1)!.some(({ document }) => document === 'b')
      if (call === 'append' && isRefused) throw new StoreError('invalid', 'Never')
    }
    stored.open()
    await world.pass(50)
    expect([ada.closedWith, bob.closedWith, cleo.closedWith]).toEqual([null, 1013, null])
    expect([contentOf(ada), contentOf(bob), contentOf(cleo)]).toEqual([['1:0', '5:0'], [], ['5:0']])
    expect(await world.store.all('b')).toEqual([])
    expect(world.relay.stats.queuedBytes).toBe(0)
  })

  test('[C6] nothing of that room that waited behind it is stored', async () => {
    const world = new World()
    const ada = await world.join()
    const refusing = gate()
    world.store.before = async (call) => {
      if (call !== 'append' || world.store.batches.length > 1) return
      await refusing.passed
      throw new StoreError('invalid', 'Never')
    }
    ada.say(editing(1, 0), editing(1, 1))
    refusing.open()
    await world.pass(30)
    expect(ada.closedWith).toBe(1013)
    expect(await world.store.all('doc')).toEqual([])
    expect(world.relay.stats).toMatchObject({ queuedBytes: 0, rooms: 0 })
  })

  const appends = 12
  test.each(Array.from({ length: appends + 1 }, (_, n) => n))(
    '[C7] failing at append %i',
    async (n) => {
      const world = new World({ limits: { retryBaseMs: 4, retryCapMs: 8 } })
      const people = [await world.join('a'), await world.join('a'), await world.join('b')]
      const random = seededRandom(n)
      let calls = 0
      world.store.before = (call) => {
        if (call === 'append' && calls++ === n) throw DISK_FULL
      }
      for (let i = 0; i < 40; i++) {
        const who = Math.floor(random() * people.length)
        people[who]!.say(editing(who + 1, i, 1))
        await world.pass(random() * 8)
        for (const [index, peer] of people.entries()) {
          const stored = toyContent(...(await world.store.all(index < 2 ? 'a' : 'b')))
          expect(stored).toEqual(expect.arrayContaining(contentOf(peer)))
        }
      }
      await world.pass(500)
      expect(calls).toBeGreaterThan(n)
      const [a, b] = [await world.store.all('a'), await world.store.all('b')]
      expect(a.length + b.length).toBe(40)
      expect(contentOf(people[0]!)).toEqual(toyContent(...a))
      expect(contentOf(people[1]!)).toEqual(toyContent(...a))
      expect(contentOf(people[2]!)).toEqual(toyContent(...b))
    },
  )
})

describe('a whole room', () => {
  const seeds = process.env['SEED'] ? [Number(process.env['SEED'])] : [1, 2, 3, 4, 5, 6, 7, 8]
  test.each(seeds)('[R3,C1] every follower ends with the whole log (SEED=%i)', async (seed) => {
    const random = seededRandom(seed)
    const world = new World({ limits: { compactUpdates: 10 } })
    world.store.before = async () => {
      for (let left = random() * 120; left > 0; left--) await Promise.resolve()
      if (random() < 0.1) throw DISK_FULL
    }
    const people = new Map<number, Awaited<ReturnType<World['join']>>>()
    for (let step = 0; step < 120; step++) {
      const client = Math.floor(random() * 8)
      const peer = people.get(client)
      if (!peer || peer.closedWith !== null) {
        const joined = world.connect()
        joined.say({ type: 'step1', stateVector: NOTHING })
        people.set(client, joined)
      } else if (random() < 0.1) {
        peer.hangUp()
        people.delete(client)
      } else peer.say(editing(client + 1, step))
      if (random() < 0.4) await world.pass(random() * 6)
    }
    world.store.before = () => {}
    await world.pass(6_000, 20)
    const stored = toyContent(...(await world.store.all('doc')))
    expect(stored.length).toBeGreaterThan(20)
    const connected = [...people.values()].filter((peer) => peer.closedWith === null)
    expect(connected.length).toBeGreaterThan(0)
    for (const peer of connected) expect(contentOf(peer)).toEqual(stored)
  })
})
