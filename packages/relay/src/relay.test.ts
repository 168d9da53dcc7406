import { describe, expect, test } from 'vitest'
import type { Who } from './peer.ts'
import {
  contentOf,
  edit,
  editing,
  gate,
  NOTHING,
  settle,
  toyContent,
  toyUpdate,
  World,
} from './testing/index.ts'

describe('apply and read', () => {
  test('[R9] apply resolves when the update is on disk, and everybody sees it', async () => {
    const world = new World()
    const ada = await world.join()
    const stored = gate()
    world.store.before = () => stored.passed
    let isDone = false
    const applying = world.relay.apply('doc', edit(1, 0), 'server').then(() => {
      isDone = true
    })
    await settle()
    expect([isDone, contentOf(ada)]).toEqual([false, []])
    stored.open()
    await applying
    expect(contentOf(ada)).toEqual(['1:0'])
    expect(world.store.batches[0]).toMatchObject([{ author: 'server' }])
  })

  test('[R9] apply opens a room that nobody is in, and lets it go again', async () => {
    const world = new World()
    await world.relay.apply('doc', edit(1, 0), '')
    expect(world.relay.stats.rooms).toBe(1)
    await world.pass(40_000, 500)
    expect(world.relay.stats.rooms).toBe(0)
    expect(await world.store.all('doc')).toEqual([edit(1, 0)])
  })

  test('[R9] refusals have codes', async () => {
    const world = new World()
    const { relay } = world
    await expect(relay.apply('a/b', edit(1, 0), '')).rejects.toMatchObject({
      code: 'bad-document-id',
    })
    await expect(relay.read('..')).rejects.toMatchObject({ code: 'bad-document-id' })
    const malformed = relay.apply('doc', new Uint8Array([9]), '')
    await expect(malformed).rejects.toMatchObject({ code: 'malformed' })
    world.store.before = () => Promise.reject(new Error('bad sector'))
    await expect(relay.apply('new', edit(1, 0), '')).rejects.toMatchObject({ code: 'busy' })
    await relay.close()
    await expect(relay.apply('doc', edit(1, 0), '')).rejects.toMatchObject({ code: 'closed' })
    await expect(relay.read('doc')).rejects.toMatchObject({ code: 'closed' })
  })

  test('[R9] read gives all of a document, from its room or from the store', async () => {
    const world = new World()
    expect(await world.relay.read('doc')).toEqual(toyUpdate({ structs: [] }))
    expect(world.relay.stats.rooms).toBe(0)
    for (let i = 0; i < 3; i++) {
      await world.store.memory.append([{ document: 'doc', update: edit(1, i), at: 0, author: '' }])
    }
    expect(toyContent(await world.relay.read('doc'))).toEqual(['1:0', '1:1', '1:2'])
    expect(world.relay.stats.rooms).toBe(0)
    const ada = await world.join()
    ada.say(editing(2, 0))
    await settle()
    expect(toyContent(await world.relay.read('doc'))).toEqual(['1:0', '1:1', '1:2', '2:0'])
  })
})

describe('close', () => {
  test('[R10] stores what came, says goodbye, closes everybody, lets nobody in', async () => {
    const world = new World()
    const [ada, bob] = [await world.join('doc', { kolam: true }), await world.join('other')]
    const stored = gate()
    world.store.before = () => stored.passed
    ada.say(editing(1, 0))
    const closing = world.relay.close()
    expect((await world.join()).closedWith).toBe(1012)
    expect([ada.closedWith, bob.closedWith]).toEqual([null, null])
    bob.say(editing(2, 0))
    stored.open()
    await world.pass(20)
    await closing
    expect([ada.closedWith, bob.closedWith]).toEqual([1012, 1012])
    expect(ada.messages.slice(-2)).toMatchObject([editing(1, 0), { type: 'goodbye' }])
    const retryAfterMs = ada.of('goodbye')[0]!.retryAfterMs
    expect(retryAfterMs).toBeGreaterThanOrEqual(500)
    expect(retryAfterMs).toBeLessThanOrEqual(5_000)
    expect(bob.of('goodbye')).toEqual([])
    expect(contentOf(bob)).toEqual(['2:0'])
    expect(world.relay.stats).toMatchObject({ rooms: 0, sessions: 0 })
    expect(world.clock.pending).toBe(0)
  })

  test('[R10] ends in time where the disk hangs, and twice is once', async () => {
    const world = new World()
    const ada = await world.join()
    world.store.before = () => gate().passed
    ada.say(editing(1, 0))
    const applying = world.relay.apply('doc', edit(3, 0), '')
    const refused = applying.catch((error: unknown) => error)
    const closing = world.relay.close({ graceMs: 3_000 })
    expect(world.relay.close()).toBe(closing)
    await world.pass(3_100, 100)
    await closing
    expect(await refused).toMatchObject({ code: 'refused' })
    expect(ada.closedWith).toBe(1012)
    expect(contentOf(ada)).toEqual([])
  })

  test('[R10] a document that is still loading does not hold it', async () => {
    const world = new World()
    const loaded = gate()
    world.store.before = () => loaded.passed
    const ada = world.connect()
    await world.relay.close()
    expect(ada.closedWith).toBe(1012)
    loaded.open()
    await settle()
    expect(ada.messages).toEqual([])
  })
})

describe('stats and hooks', () => {
  test('[R9] count what happened', async () => {
    const world = new World()
    const [ada, bob] = [await world.join(), await world.join()]
    ada.say(editing(1, 0), editing(1, 1))
    await world.pass(20)
    expect(world.relay.stats).toEqual({
      rooms: 1,
      sessions: 2,
      waitingJoins: 0,
      queuedBytes: 0,
      commits: 2,
      updates: 2,
      updateBytes: 10,
      deliveries: 4,
      receivedFrames: 2,
      receivedBytes: 16,
      sentBytes: ada.writes.concat(bob.writes).reduce((sum, frames) => sum + frames.length, 0),
      presenceShed: 0,
      resyncs: 0,
      pauses: 0,
      refusedEdits: 0,
      compactions: 0,
      compactedBytes: 0,
      snapshotBytes: 0,
      compactionsFailed: 0,
      damagedOpens: 0,
      closings: new Map(),
    })
  })

  test('[R14] tell who came and went, in order', async () => {
    const heard: unknown[] = []
    const hooks = {
      connected: (id: string, { person }: Who) => heard.push(['connected', id, person]),
      disconnected: (id: string, { person }: Who) => heard.push(['disconnected', id, person]),
    }
    const world = new World({ hooks, limits: { roomPeersMax: 2 } })
    const [ada, bob] = [await world.join('a', { person: 'Ada' }), await world.join('a')]
    await world.join('a', { person: 'turned away' })
    ada.hangUp()
    bob.sayBytes(99)
    expect(heard).toEqual([
      ['connected', 'a', 'Ada'],
      ['connected', 'a', 'somebody'],
      ['disconnected', 'a', 'Ada'],
      ['disconnected', 'a', 'somebody'],
    ])
  })

  test('[R14] that throw or reject change nothing', async () => {
    const fail = (): never => {
      throw new Error('hook')
    }
    const reject = (): Promise<never> => Promise.reject(new Error('later'))
    const hooks = { connected: fail, loaded: reject, committed: fail, disconnected: reject }
    const world = new World({ hooks })
    const [ada, bob] = [await world.join(), await world.join()]
    ada.say(editing(1, 0))
    await world.pass(20)
    expect(contentOf(bob)).toEqual(['1:0'])
    ada.hangUp()
    await settle()
    const failed = world.logged.filter((line) => line.startsWith('hook failed'))
    expect(failed).toHaveLength(5)
    expect(failed.join()).toContain('later')
  })

  test('[R7] tell what is loaded, committed and unloaded', async () => {
    const heard: unknown[] = []
    const hooks = {
      loaded: (id: string) => heard.push(['loaded', id]),
      committed: (id: string, updates: readonly Uint8Array[]) =>
        heard.push(['committed', id, toyContent(...updates)]),
      unloaded: (id: string) => heard.push(['unloaded', id]),
    }
    const world = new World({ hooks })
    const ada = await world.join()
    ada.say({ type: 'step1', stateVector: NOTHING }, editing(1, 0))
    await world.pass(20)
    ada.hangUp()
    await world.pass(40_000, 500)
    expect(heard).toEqual([
      ['loaded', 'doc'],
      ['committed', 'doc', ['1:0']],
      ['unloaded', 'doc'],
    ])
  })
})
