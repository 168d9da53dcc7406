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

  test('[L3] rooms are bounded', async () => {
    const world = new World({ limits: { roomsMax: 1 } })
    const [ada, bob, cleo] = [await world.join('a'), await world.join('b'), await world.join('a')]
    expect([ada.closedWith, bob.closedWith, cleo.closedWith]).toEqual([null, 1013, null])
    expect(world.relay.stats.closings).toEqual(new Map([[1013, 1]]))
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

  test('[L14] an update and a presence message that are too large close their sender', async () => {
    const world = new World({ limits: { updateBytesMax: 10, awarenessBytesMax: 20 } })
    const [ada, bob, cleo] = [await world.join(), await world.join(), await world.join()]
    ada.say({ type: 'update', update: new Uint8Array(11) })
    bob.say({ type: 'step2', update: new Uint8Array(11) })
    cleo.say(presence([1, 1, 'x'.repeat(20)]))
    expect([ada.closedWith, bob.closedWith, cleo.closedWith]).toEqual([1009, 1009, 1009])
  })

  test('[L15] a document that is full takes no edits, says so, and goes on', async () => {
    const world = new World({ limits: { documentBytesMax: 12 } })
    const [ada, bob] = [await world.join('doc', { kolam: true }), await world.join()]
    ada.say(editing(1, 0), editing(1, 1), editing(1, 2))
    await world.pass(20)
    ada.say(editing(1, 3))
    await world.pass(20)
    expect(ada.closedWith).toBeNull()
    expect(ada.of('auth').map(({ reason }) => reason)).toEqual([
      'Cannot edit: the document is as large as it may become',
    ])
    expect(contentOf(bob)).toEqual(['1:0', '1:1', '1:2'])
    expect(toyContent(...(await world.store.all('doc')))).toEqual(['1:0', '1:1', '1:2'])
  })

  test('[L16] joins that wait for a disk that hangs are bounded', async () => {
    const world = new World({ limits: { waitingJoinsMax: 2 } })
    const loaded = gate()
    world.store.before = () => loaded.passed
    const [ada, bob, cleo] = ['a', 'b', 'b'].map((id) => world.connect(id))
    expect([ada, bob, cleo].map((peer) => peer?.closedWith)).toEqual([null, null, 1013])
    expect(world.relay.stats.waitingJoins).toBe(2)
    loaded.open()
    await settle()
    expect(world.relay.stats.waitingJoins).toBe(0)
    expect((await world.join('b')).closedWith).toBeNull()
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
