import { describe, expect, test } from 'vitest'
import { DEFAULT_LIMITS } from './limits.ts'
import {
  contentOf,
  edit,
  editing,
  gate,
  NOTHING,
  presence,
  presenceOf,
  settle,
  toyContent,
  toyDocuments,
  toyInfo,
  World,
} from './testing/index.ts'

const STEP2 = { type: 'step2', update: new Uint8Array([0, 0]) } as const

describe('limits', () => {
  test('the keepalive comes before a stock client gives up, with its delay', () => {
    const { keepaliveMs, tickMs } = DEFAULT_LIMITS
    expect(2 * (keepaliveMs + tickMs)).toBeLessThan(30_000)
  })

  test('[L1] a frame that is too large closes its session', async () => {
    const world = new World({ limits: { frameBytesMax: 10 } })
    const ada = await world.join()
    ada.sayBytes(...Array.from({ length: 11 }, () => 0))
    expect(ada.closedWith).toBe(1009)
    expect(ada.ending!.reason).toBe('Cannot accept 11 bytes: limit is 10')
  })

  test.each([{ waitingFramesMax: 3 }, { waitingBytesMax: 30 }])(
    '[L2] frames that wait for the document are bounded: %o',
    async (limits) => {
      const world = new World({ limits })
      const loaded = gate()
      world.store.before = () => loaded.passed
      const ada = world.connect()
      for (let i = 0; i < 3; i++) ada.say(editing(1, i))
      expect(ada.closedWith).toBeNull()
      ada.say(editing(1, 3))
      expect(ada.closedWith).toBe(1013)
      loaded.open()
    },
  )

  test.each([{ waitingFramesMax: 3 }, { waitingBytesMax: 16 }])(
    '[L2] frames that wait for an examination are bounded: %o',
    async (limits) => {
      const examined = gate()
      const inspect = (update: Uint8Array) => examined.passed.then(() => toyInfo(update))
      const world = new World({ limits, documents: { ...toyDocuments, inspect } })
      const ada = await world.join()
      for (let i = 0; i < 4; i++) ada.say(editing(1, i))
      expect(ada.closedWith).toBeNull()
      ada.say(editing(1, 4))
      expect(ada.closedWith).toBe(1013)
      examined.open()
    },
  )

  test('[L2] step1s that wait for an answer are bounded', async () => {
    const merging = gate()
    const merge = (updates: readonly Uint8Array[]) =>
      merging.passed.then(() => toyDocuments.merge(updates))
    const documents = { ...toyDocuments, merge }
    const world = new World({ documents, limits: { waitingQuestionsMax: 2 } })
    await world.relay.apply('doc', edit(1, 0), '')
    await world.pass(10)
    await world.relay.apply('doc', edit(1, 1), '')
    const ada = await world.join()
    for (let i = 0; i < 3; i++) ada.say({ type: 'step1', stateVector: NOTHING })
    expect(ada.closedWith).toBeNull()
    ada.say({ type: 'step1', stateVector: NOTHING })
    expect(ada.closedWith).toBe(1013)
    merging.open()
  })

  test.each([
    ['pongs', { type: 'ping', nonce: 1 }],
    ['presence', { type: 'queryAwareness' }],
    ['answers', { type: 'step1', stateVector: NOTHING }],
  ] as const)('[L6] a peer that asks for %s and does not read is closed', async (_, question) => {
    const world = new World({ limits: { bufferedBytesMax: 1000 } })
    const ada = await world.join()
    ada.bufferedBytes = 1001
    ada.say(question)
    await settle()
    expect(ada.closedWith).toBe(1013)
    expect(ada.writes).toHaveLength(1)
  })

  test('[L3] rooms are bounded', async () => {
    const world = new World({ limits: { roomsMax: 1 } })
    const [ada, bob, cleo] = [await world.join('a'), await world.join('b'), await world.join('a')]
    expect([ada.closedWith, bob.closedWith, cleo.closedWith]).toEqual([null, 1013, null])
    expect(world.relay.stats.refusals).toBe(1)
  })

  test('[L3] sessions are bounded', async () => {
    const world = new World({ limits: { sessionsMax: 2 } })
    const [ada, bob, cleo] = [await world.join('a'), await world.join('b'), await world.join('c')]
    expect([ada.closedWith, bob.closedWith, cleo.closedWith]).toEqual([null, null, 1013])
    ada.hangUp()
    expect((await world.join('c')).closedWith).toBeNull()
  })

  test('[L3] sessions of a room are bounded', async () => {
    const world = new World({ limits: { roomPeersMax: 1 } })
    const [ada, bob, cleo] = [await world.join('a'), await world.join('a'), await world.join('b')]
    expect([ada.closedWith, bob.closedWith, cleo.closedWith]).toEqual([null, 1013, null])
  })

  test('[L4] updates that wait for the disk are bounded, and what was taken is kept', async () => {
    const world = new World({ limits: { queueBytesMax: 15 } })
    const [ada, bob] = [await world.join(), await world.join('other')]
    const stored = gate()
    world.store.before = () => stored.passed
    ada.say(editing(1, 0), editing(1, 1))
    bob.say(editing(2, 0), editing(2, 1))
    expect([ada.closedWith, bob.closedWith]).toEqual([null, 1013])
    expect(world.relay.stats.queuedBytes).toBe(15)
    stored.open()
    await world.pass(20)
    expect(toyContent(...(await world.store.all('doc')))).toEqual(['1:0', '1:1'])
    expect(toyContent(...(await world.store.all('other')))).toEqual(['2:0'])
    expect(world.relay.stats.queuedBytes).toBe(0)
  })

  test('[L4] one update that is larger than the whole queue is taken where nothing else waits', async () => {
    const world = new World({ limits: { queueBytesMax: 2 } })
    const ada = await world.join()
    ada.say(editing(1, 0))
    await settle()
    expect(contentOf(ada)).toEqual(['1:0'])
  })

  test('[L5] a peer that falls behind loses presence first and gets all of it later', async () => {
    const world = new World({ limits: { presenceBufferedBytesMax: 100 } })
    const [ada, bob] = [await world.join(), await world.join()]
    for (const peer of [ada, bob]) peer.say(STEP2)
    bob.bufferedBytes = 101
    ada.say(presence([1, 1, 'a']))
    await world.pass(10)
    ada.say(editing(1, 0))
    await world.pass(10)
    expect(bob.of('update')).toHaveLength(1)
    expect(presenceOf(bob)).toEqual([])
    bob.bufferedBytes = 0
    await world.pass(2_000, 100)
    expect(presenceOf(bob)).toEqual([[[1, 1, 'a']]])
    ada.say(presence([1, 2, 'b']))
    await world.pass(10)
    expect(presenceOf(bob)).toEqual([[[1, 1, 'a']], [[1, 2, 'b']]])
  })

  test('[L6] a peer that falls further behind is closed', async () => {
    const world = new World({ limits: { bufferedBytesMax: 1000 } })
    const [ada, bob] = [await world.join(), await world.join()]
    bob.bufferedBytes = 1001
    ada.say(editing(1, 0))
    await settle()
    expect([ada.closedWith, bob.closedWith]).toEqual([null, 1013])
    expect(contentOf(ada)).toEqual(['1:0'])
  })

  test('[L6] an answer it has not taken yet is not held against a peer, until it has', async () => {
    const limits = { presenceBufferedBytesMax: 50, bufferedBytesMax: 100 }
    const world = new World({ limits })
    const long = Array.from({ length: 100 }, (_, i) => edit(i, 0))
    for (const update of long) {
      await world.relay.apply('doc', update, '')
      await world.pass(5)
    }
    const [ada, bob] = [await world.join(), await world.join()]
    bob.say({ type: 'step1', stateVector: NOTHING })
    await settle()
    bob.bufferedBytes = bob.writes.at(-1)!.length
    expect(bob.bufferedBytes).toBeGreaterThan(300)
    ada.say(editing(200, 0))
    await world.pass(10)
    expect(bob.closedWith).toBeNull()
    expect(bob.of('update')).toHaveLength(1)
    bob.bufferedBytes = 0
    ada.say(editing(200, 1))
    await world.pass(10)
    bob.bufferedBytes = 300
    ada.say(editing(200, 2))
    await world.pass(10)
    expect(bob.closedWith).toBe(1013)
  })

  test('[L7] one connection speaks for a bounded number of ids', async () => {
    const world = new World({ limits: { presenceIdsMax: 2, presenceProbeMs: 0 } })
    const [ada, bob] = [await world.join(), await world.join()]
    ada.say(presence([1, 1, 'a'], [2, 1, 'b'], [3, 1, 'c']), presence([2, 2, 'd']))
    await world.pass(10)
    expect(presenceOf(bob)).toEqual([
      [
        [1, 1, 'a'],
        [2, 2, 'd'],
      ],
    ])
    expect(ada.closedWith).toBeNull()
  })

  test('[L8] gone ids are remembered up to a number', async () => {
    const world = new World({ limits: { presenceGoneMax: 2, presenceProbeMs: 0 } })
    await world.join()
    const ada = await world.join()
    ada.say(presence([1, 5, 'a'], [2, 5, 'b'], [3, 5, 'c']), STEP2)
    await world.pass(10)
    ada.hangUp()
    await world.pass(10)
    const again = await world.join()
    again.say(presence([1, 5, 'a'], [2, 5, 'b'], [3, 5, 'c']))
    expect(presenceOf(again)).toEqual([
      [
        [2, 5, null],
        [3, 5, null],
      ],
    ])
  })

  test.each(['', '.', '..', 'a/b', 'a b', 'ä', 'x'.repeat(129)])(
    '[L9] "%s" is no document id',
    async (id) => {
      const world = new World()
      const ada = await world.join(id)
      expect(ada.closedWith).toBe(4404)
      expect(world.relay.stats).toMatchObject({ rooms: 0, sessions: 0 })
    },
  )
})
