/** Peers that do not read, or read slowly: what they cost, what they miss, and how they get it after all. */
import { seededRandom } from '@kolam/base'
import { encodeMessage } from '@kolam/protocol'
import { describe, expect, test } from 'vitest'
import { encodeStateVector } from './coverage.ts'
import {
  type Connection,
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
  toyUpdate,
  World,
} from './testing/index.ts'

/** Small, so that a few edits are much. */
const limits = { presenceBufferedBytesMax: 50, bufferedBytesMax: 100 }
const BEHIND = 101

/** The types of the document messages a peer got, in order. */
function typesOf(peer: Connection): string[] {
  return peer.of('step2', 'update', 'part', 'known', 'auth').map(({ type }) => type)
}

/** Everything a peer knows of the document. */
function knows(peer: Connection): string[] {
  return toyContent(...peer.of('step2', 'update', 'part').map(({ update }) => update))
}

/** A document of more bytes than a peer may be behind. */
async function fill(world: World): Promise<void> {
  const structs = Array.from({ length: 100 }, (_, client) => ({ client, clock: 0, length: 1 }))
  await world.relay.apply('doc', toyUpdate({ structs }), '')
  await world.pass(10)
}

describe('a peer that falls behind', () => {
  test('[L6] is sent no updates, and all it missed as one answer when it has read', async () => {
    const world = new World({ limits })
    const [ada, bob] = [await world.join(), await world.join('doc', { kolam: true })]
    ada.say(editing(1, 0))
    await world.pass(10)
    bob.bufferedBytes = BEHIND
    for (let i = 1; i < 6; i++) {
      ada.say(editing(1, i))
      await world.pass(10)
    }
    expect(contentOf(ada)).toHaveLength(6)
    expect(contentOf(bob)).toEqual(['1:0'])
    bob.drain()
    await settle()
    expect(typesOf(bob)).toEqual(['update', 'part'])
    expect(toyContent(bob.of('part')[0]!.update)).toEqual(['1:1', '1:2', '1:3', '1:4', '1:5'])
    ada.say(editing(1, 6))
    await world.pass(10)
    expect(typesOf(bob)).toEqual(['update', 'part', 'update'])
    expect(world.relay.stats.resyncs).toBe(1)
  })

  test('[L6] gets deletions it missed, also where the document was merged meanwhile', async () => {
    const world = new World({ limits })
    const [ada, bob] = [await world.join(), await world.join()]
    ada.say(editing(1, 0), editing(1, 1))
    await world.pass(10)
    bob.bufferedBytes = BEHIND
    ada.say({ type: 'update', update: toyUpdate({ structs: [], deleted: ['1:0'] }) })
    ada.say(editing(1, 2))
    await world.pass(10)
    await world.relay.read('doc')
    ada.say(editing(1, 3))
    await world.pass(10)
    bob.drain()
    await settle()
    expect(knows(bob)).toEqual(['-1:0', '1:0', '1:1', '1:2', '1:3'])
    expect(bob.of('part')).toEqual([])
  })

  test('[L6] is caught up by the clock where no event says that it has read', async () => {
    const world = new World({ limits })
    const [ada, bob] = [await world.join(), await world.join()]
    bob.bufferedBytes = BEHIND
    ada.say(editing(1, 0))
    await world.pass(10)
    bob.bufferedBytes = 0
    await world.pass(1_000, 100)
    expect(knows(bob)).toEqual(['1:0'])
  })

  test('[L6] what is stored while its answer is made follows that', async () => {
    const merging = gate()
    const merge = (updates: readonly Uint8Array[]) =>
      merging.passed.then(() => toyDocuments.merge(updates))
    const world = new World({ limits, documents: { ...toyDocuments, merge } })
    const [ada, bob] = [await world.join(), await world.join()]
    bob.bufferedBytes = BEHIND
    for (let i = 0; i < 2; i++) {
      ada.say(editing(1, i))
      await world.pass(10)
    }
    bob.drain()
    ada.say(editing(1, 2))
    await world.pass(10)
    expect(typesOf(bob)).toEqual([])
    merging.open()
    await settle()
    expect(bob.of('update').map(({ update }) => toyContent(update))).toEqual([
      ['1:0', '1:1'],
      ['1:2'],
    ])
  })

  test('[L5,L6] gets presence and the state of the store with it', async () => {
    const world = new World({ limits })
    const [ada, bob] = [await world.join(), await world.join('doc', { kolam: true })]
    for (const peer of [ada, bob]) peer.say({ type: 'step2', update: new Uint8Array([0, 0]) })
    bob.bufferedBytes = BEHIND
    ada.say(presence([1, 1, 'a']))
    await world.pass(10)
    world.store.before = () => Promise.reject(new Error('no space'))
    ada.say(editing(1, 0))
    await world.pass(10)
    expect(bob.of('health')).toEqual([])
    bob.drain()
    await settle()
    expect(presenceOf(bob)).toEqual([[[1, 1, 'a']]])
    expect(bob.of('health').map(({ degraded }) => degraded)).toEqual([true])
    expect(world.relay.stats.presenceShed).toBe(1)
  })

  test('[L5] is told who went while it was sent no presence', async () => {
    const world = new World({ limits })
    const [ada, bob] = [await world.join(), await world.join()]
    for (const peer of [ada, bob]) peer.say({ type: 'step2', update: new Uint8Array([0, 0]) })
    ada.say(presence([1, 1, 'a']))
    await world.pass(10)
    bob.bufferedBytes = BEHIND
    ada.hangUp()
    await world.pass(10)
    bob.drain()
    await settle()
    expect(presenceOf(bob)).toEqual([[[1, 1, 'a']], [[1, 1, null]]])
  })

  test('[L5,P7] is seen again by somebody who came back while it did not read', async () => {
    const world = new World({ limits })
    const [ada, bob] = [await world.join(), await world.join()]
    for (const [id, peer] of [ada, bob].entries()) {
      peer.say(presence([id + 1, 3, 'here']), { type: 'step2', update: new Uint8Array([0, 0]) })
    }
    await world.pass(1_000, 50)
    ada.clear()
    ada.bufferedBytes = BEHIND
    bob.hangUp()
    const again = await world.join()
    again.say(presence([2, 3, 'here']))
    await world.pass(1_000, 50)
    expect(presenceOf(ada)).toEqual([])
    ada.drain()
    await settle()
    expect(presenceOf(ada)).toContainEqual([[1, 3, null]])
  })

  test('[L10] is closed when it takes nothing at all for long', async () => {
    const world = new World({ limits: { ...limits, stalledMs: 5_000 } })
    const [ada, bob, cleo] = [await world.join(), await world.join(), await world.join()]
    bob.bufferedBytes = BEHIND
    cleo.bufferedBytes = 10_000
    for (let i = 0; i < 8; i++) {
      for (const peer of [ada, bob, cleo]) peer.say({ type: 'queryAwareness' })
      ada.say(editing(1, i))
      cleo.bufferedBytes -= 1_000
      await world.pass(1_000, 100)
    }
    expect([ada.closedWith, bob.closedWith, cleo.closedWith]).toEqual([null, 1013, null])
  })

  test.each([
    ['pongs', { type: 'ping', nonce: 1 }],
    ['presence', { type: 'queryAwareness' }],
    ['answers', { type: 'step1', stateVector: NOTHING }],
  ] as const)('[L6] that asks for %s is sent none of them', async (_, question) => {
    const world = new World({ limits })
    const ada = await world.join()
    ada.clear()
    ada.bufferedBytes = BEHIND
    for (let i = 0; i < 50; i++) ada.say(question)
    await settle()
    expect([ada.writes, ada.closedWith]).toEqual([[], null])
  })

  test('[L6] that asked is answered when it has read, once for each question', async () => {
    const world = new World({ limits })
    await world.relay.apply('doc', edit(1, 0), '')
    const ada = await world.join()
    ada.bufferedBytes = 51
    for (let i = 0; i < 3; i++) ada.say({ type: 'step1', stateVector: NOTHING })
    await settle()
    expect(ada.of('step2')).toEqual([])
    ada.drain()
    await settle()
    expect(ada.of('step2')).toHaveLength(3)
  })
})

describe('the own messages of a peer that is behind', () => {
  const behind = async (kolam: boolean): Promise<[World, Connection]> => {
    const world = new World({ limits })
    const ada = await world.join('doc', { kolam })
    ada.bufferedBytes = BEHIND
    ada.say(editing(1, 0))
    await world.pass(10)
    ada.say(editing(1, 0)) // known by now
    ada.say(editing(1, 1))
    await world.pass(10)
    return [world, ada]
  }

  test('[L11] a Kolam client is told that each of them is stored, once', async () => {
    const [, ada] = await behind(true)
    expect(typesOf(ada)).toEqual([])
    ada.drain()
    await settle()
    expect(typesOf(ada)).toEqual(['part', 'known', 'known', 'known'])
  })

  test('[L11] a stock client hears the echoes', async () => {
    const [, ada] = await behind(false)
    ada.drain()
    await settle()
    const [answer, ...echoes] = ada.of('update').map(({ update }) => toyContent(update))
    expect(answer).toEqual(['1:0', '1:1'])
    expect(echoes).toEqual([['1:0'], ['1:0'], ['1:1']])
  })

  test('[L11] refusals keep their place among them', async () => {
    const [world, ada] = await behind(true)
    ada.end.setRole('viewer')
    ada.say(editing(1, 2))
    await world.pass(10)
    ada.drain()
    await settle()
    expect(typesOf(ada)).toEqual(['part', 'known', 'known', 'known', 'auth'])
  })

  test('[L2] are kept up to a number', async () => {
    const world = new World({ limits: { ...limits, waitingFramesMax: 3 } })
    const ada = await world.join('doc', { kolam: true })
    ada.bufferedBytes = BEHIND
    for (let i = 0; i < 4; i++) {
      expect(ada.closedWith).toBeNull()
      ada.say(editing(1, i))
      await world.pass(10)
    }
    expect(ada.closedWith).toBe(1013)
    expect(toyContent(...(await world.store.all('doc')))).toHaveLength(4)
  })
})

describe('a big answer', () => {
  test('[L12] is not held against the peer until it has taken it', async () => {
    const world = new World({ limits })
    await fill(world)
    const [ada, bob] = [await world.join(), await world.join()]
    bob.say({ type: 'step1', stateVector: NOTHING })
    await settle()
    bob.bufferedBytes = bob.writes.at(-1)!.length
    expect(bob.bufferedBytes).toBeGreaterThan(300)
    ada.say(editing(200, 0))
    await world.pass(10)
    expect(bob.of('update')).toHaveLength(1)
    bob.drain()
    bob.bufferedBytes = 300
    ada.say(editing(200, 1))
    await world.pass(10)
    expect(bob.of('update')).toHaveLength(1)
  })

  test('[L12] comes alone: the next one waits until it was taken', async () => {
    const world = new World({ limits })
    await fill(world)
    const ada = await world.join()
    ada.say({ type: 'step1', stateVector: NOTHING })
    await settle()
    ada.bufferedBytes = 300
    ada.say({ type: 'step1', stateVector: encodeStateVector(new Map([[1, 1]])) })
    await settle()
    expect(ada.of('step2')).toHaveLength(1)
    ada.drain()
    await settle()
    expect(ada.of('step2')).toHaveLength(2)
  })
})

describe('a peer that sends fast', () => {
  test('[L13] is read more slowly, and loses nothing', async () => {
    const world = new World({ limits: { messagesBurst: 10, messagesPerSecond: 10 } })
    const ada = await world.join()
    for (let i = 0; i < 12; i++) ada.say(editing(1, i))
    expect([ada.isPaused, ada.closedWith]).toEqual([true, null])
    await world.pass(250)
    expect(ada.isPaused).toBe(false)
    expect(contentOf(ada)).toHaveLength(12)
    expect(world.relay.stats.pauses).toBe(1)
  })

  test('[L13] bytes count too, and a pause is no silence', async () => {
    const world = new World({ limits: { bytesBurst: 10, bytesPerSecond: 1, pingMs: 1, pongMs: 1 } })
    const ada = await world.join()
    for (let i = 0; i < 10; i++) ada.say(editing(1, i))
    expect(ada.isPaused).toBe(true)
    await world.pass(30_000, 500)
    expect([ada.closedWith, ada.pings]).toEqual([null, 0])
    ada.hangUp()
    await world.pass(60_000, 1_000)
    expect(world.clock.pending).toBe(0)
  })
})

describe('any pace of reading', () => {
  const seeds = Array.from({ length: 30 }, (_, i) => i + 1)

  test.each(seeds)('[L6,L11,R3] everybody ends with everything (SEED=%i)', async (seed) => {
    const random = seededRandom(seed)
    const below = (n: number): number => Math.floor(random() * n)
    const world = new World({ limits: { ...limits, compactUpdates: 7 } })
    const peers: Connection[] = []
    for (let i = 0; i < 4; i++) peers.push(await world.join('doc', { kolam: i % 2 === 0 }))
    const clocks = [0, 0, 0, 0]
    for (let step = 0; step < 80; step++) {
      const who = below(4)
      const peer = peers[who]!
      const choice = below(10)
      if (choice < 5) peer.say(editing(who + 1, clocks[who]!++))
      else if (choice < 6) peer.say({ type: 'step1', stateVector: NOTHING })
      else if (choice < 8) peer.bufferedBytes = BEHIND
      else if (choice < 9) peer.drain()
      else peer.end.suspend()
      if (random() < 0.5) peer.end.release()
      await world.pass(below(6))
    }
    for (const peer of peers) {
      peer.end.release()
      peer.drain()
    }
    await world.pass(2_000, 50)
    const all = clocks.flatMap((clock, who) =>
      Array.from({ length: clock }, (_, i) => `${who + 1}:${i}`),
    )
    for (const peer of peers) {
      expect(knows(peer)).toEqual(all.toSorted())
      expect(peer.closedWith).toBeNull()
    }
    const answered = [0, 2].map((who) => answersTo(peers[who]!, who + 1))
    expect(answered).toEqual([clocks[0], clocks[2]])
  })
})

/** How many answers to its own edits a Kolam client got: its echoes, byte by byte, and `known`. */
function answersTo(peer: Connection, client: number): number {
  const echoes = peer.of('update').filter(({ update }) => {
    const content = toyContent(update)
    return content.length === 1 && content[0]?.startsWith(`${client}:`)
  })
  return echoes.length + peer.of('known').length
}

describe('a suspended peer', () => {
  test('[S12] is sent nothing until it is released, and then everything', async () => {
    const world = new World()
    const [ada, bob] = [await world.join(), await world.join('doc', { kolam: true })]
    bob.clear()
    bob.end.suspend()
    expect(bob.isPaused).toBe(true)
    ada.say(editing(1, 0), presence([1, 1, 'a']))
    bob.say({ type: 'ping', nonce: 1 }, { type: 'step1', stateVector: NOTHING })
    await world.pass(12_000, 500)
    expect(bob.writes).toEqual([])
    bob.end.release()
    await settle()
    expect(bob.isPaused).toBe(false)
    expect(knows(bob)).toEqual(['1:0'])
    expect(bob.of('step2')).toHaveLength(1)
    expect(presenceOf(bob)).toEqual([[[1, 1, 'a']]])
  })

  test('[S12] that was suspended before the document was there is greeted afterwards', async () => {
    const world = new World()
    const loaded = gate()
    world.store.before = () => loaded.passed
    const ada = world.connect()
    ada.end.suspend()
    ada.sayFrame(encodeMessage({ type: 'step1', stateVector: NOTHING }))
    loaded.open()
    await world.pass(10)
    expect(ada.writes).toEqual([])
    ada.end.release()
    await settle()
    expect(ada.of('step1', 'step2').map(({ type }) => type)).toEqual(['step1', 'step2'])
  })

  test('[S11] a role that changes counts for what comes after', async () => {
    const world = new World()
    const ada = await world.join('doc', { kolam: true })
    ada.say(editing(1, 0))
    await world.pass(10)
    ada.end.setRole('viewer')
    ada.say(editing(1, 1))
    await world.pass(10)
    ada.end.setRole('editor')
    ada.say(editing(1, 1))
    await world.pass(10)
    expect(typesOf(ada)).toEqual(['update', 'auth', 'update'])
  })
})
