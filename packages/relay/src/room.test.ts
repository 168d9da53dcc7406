import { ManualClock } from '@kolam/base'
import { encodeAwarenessEntries, type Message } from '@kolam/protocol'
import { describe, expect, test } from 'vitest'
import { decodeStateVector, encodeStateVector } from './coverage.ts'
import {
  contentOf,
  edit,
  editing,
  gate,
  NOTHING,
  ScriptedStore,
  settle,
  toyContent,
  toyDocuments,
  toyUpdate,
  type Connection,
  World,
} from './testing/index.ts'

function advertised(peer: Connection): Record<number, number> {
  const [step1] = peer.of('step1')
  return Object.fromEntries(decodeStateVector(step1!.stateVector) ?? [])
}

describe('loading', () => {
  test('[R1] what is sent before the document is loaded waits, and nothing is served', async () => {
    const world = new World()
    const loaded = gate()
    world.store.before = () => loaded.passed
    const ada = world.connect()
    ada.say({ type: 'step1', stateVector: NOTHING })
    ada.say({ type: 'update', update: edit(1, 0) }, { type: 'update', update: edit(1, 1) })
    await world.pass(20)
    expect(ada.messages).toEqual([])
    loaded.open()
    await world.pass(20)
    expect(ada.of('update').map(({ update }) => update)).toEqual([edit(1, 0), edit(1, 1)])
    expect(ada.of('step2')).toHaveLength(1)
  })

  test('[R1] the memory of a frame that waits may be used again', async () => {
    const world = new World()
    const loaded = gate()
    world.store.before = () => loaded.passed
    const ada = world.connect()
    const frame = new Uint8Array([0, 2, 5, 1, 1, 0, 1, 0])
    ada.sayFrame(frame)
    frame.fill(255)
    loaded.open()
    await world.pass(20)
    expect(contentOf(ada)).toEqual(['1:0'])
  })

  test('[R2] the greeting advertises what is on disk', async () => {
    const world = new World()
    await world.store.memory.append([
      { document: 'doc', update: edit(1, 0, 3), at: 0, author: '' },
      { document: 'doc', update: edit(2, 0), at: 0, author: '' },
    ])
    const ada = await world.join()
    expect(ada.messages).toHaveLength(1)
    expect(advertised(ada)).toEqual({ 1: 3, 2: 1 })
  })

  test('[R2] what is not on disk yet is not advertised', async () => {
    const world = new World()
    const ada = await world.join()
    const stored = gate()
    world.store.before = () => stored.passed
    ada.say({ type: 'update', update: edit(1, 0) })
    const bob = await world.join()
    expect(advertised(bob)).toEqual({})
    stored.open()
    await settle()
    const cleo = await world.join()
    expect(advertised(cleo)).toEqual({ 1: 1 })
  })

  test('[R6] a document that does not load closes its joiners and writes nothing', async () => {
    const world = new World()
    world.store.before = () => Promise.reject(new Error('bad sector'))
    const [ada, bob] = [world.connect(), world.connect()]
    ada.say({ type: 'update', update: edit(1, 0) })
    await world.pass(50)
    expect([ada.closedWith, bob.closedWith]).toEqual([1013, 1013])
    expect(ada.messages).toEqual([])
    expect(world.store.batches).toEqual([])
    expect(world.relay.stats.rooms).toBe(0)
    world.store.before = () => {}
    const cleo = await world.join()
    expect(cleo.closedWith).toBeNull()
    expect(cleo.of('step1')).toHaveLength(1)
  })

  test('[R6] what fails while it is read may pass: nothing is called damaged for it', async () => {
    const failing = { ...toyDocuments, inspect: () => Promise.reject(new Error('a thread died')) }
    const world = new World({ documents: failing })
    await world.store.memory.append([{ document: 'doc', update: edit(1, 0), at: 0, author: '' }])
    expect((await world.join()).closedWith).toBe(1013)
    expect(world.relay.stats.damagedOpens).toBe(0)
  })

  test.each([true, false])(
    '[R16] what is damaged is shown as far as it is sound, and not written to (Kolam client: %s)',
    async (kolam) => {
      const world = new World({ limits: { compactUpdates: 1, compactOnUnloadUpdates: 1 } })
      const entry = { document: 'doc', at: 0, author: '' }
      const updates = [edit(1, 0), new Uint8Array([9, 9, 9]), edit(2, 0)]
      await world.store.memory.append(updates.map((update) => ({ ...entry, update })))
      const ada = await world.join('doc', { kolam })
      ada.say({ type: 'step1', stateVector: NOTHING }, editing(1, 1))
      await world.pass(20)
      expect(contentOf(ada)).toEqual(['1:0', '2:0'])
      expect(ada.of('auth')[0]?.reason).toContain('damaged')
      expect(ada.of('health').map(({ degraded }) => degraded)).toEqual(kolam ? [true] : [])
      await expect(world.relay.apply('doc', edit(3, 0), '')).rejects.toThrow('Cannot store')
      ada.hangUp()
      await world.pass(40_000, 1_000)
      expect(world.relay.stats).toMatchObject({ rooms: 0, damagedOpens: 1, compactions: 0 })
      expect(plain(await world.store.memory.open('doc'))).toEqual(
        updates.map((update) => [...update]),
      )
      expect(world.logged.join()).toContain('update 2 of its log cannot be read')
    },
  )
})

describe('answers', () => {
  test('[R3] a step2 holds what is on disk, and what is stored meanwhile follows it', async () => {
    const merging = gate()
    const documents = {
      ...toyDocuments,
      merge: async (updates: readonly Uint8Array[]) => {
        await merging.passed
        return toyDocuments.merge(updates)
      },
    }
    const world = new World({ documents })
    const ada = await world.join()
    ada.say({ type: 'update', update: edit(1, 0) }, { type: 'update', update: edit(1, 1) })
    await world.pass(20)
    const bob = await world.join()
    bob.say({ type: 'step1', stateVector: NOTHING })
    await world.pass(20)
    ada.say({ type: 'update', update: edit(1, 2) })
    await world.pass(20)
    expect(bob.of('step2', 'update')).toEqual([])
    merging.open()
    await world.pass(20)
    expect(bob.of('step2', 'update').map(({ type }) => type)).toEqual(['step2', 'update'])
    expect(toyContent(bob.of('step2')[0]!.update)).toEqual(['1:0', '1:1'])
    expect(contentOf(bob)).toEqual(['1:0', '1:1', '1:2'])
  })

  test('[R3] whoever has something gets the rest', async () => {
    const world = new World()
    await world.relay.apply('doc', edit(1, 0, 5), '')
    const ada = await world.join()
    ada.say({ type: 'step1', stateVector: encodeStateVector(new Map([[1, 3]])) })
    await settle()
    expect(toyContent(ada.of('step2')[0]!.update)).toEqual(['1:3', '1:4'])
  })

  test('[R3] every step1 is answered, in order', async () => {
    const world = new World()
    await world.relay.apply('doc', edit(1, 0, 3), '')
    const ada = await world.join()
    ada.say({ type: 'step1', stateVector: NOTHING })
    ada.say({ type: 'step1', stateVector: encodeStateVector(new Map([[1, 2]])) }, editing(2, 0))
    ada.say({ type: 'step1', stateVector: encodeStateVector(new Map([[1, 1]])) })
    await world.pass(20)
    expect(ada.of('step2').map(({ update }) => toyContent(update).slice(0, 2))).toEqual([
      ['1:0', '1:1'],
      ['1:2'],
      ['1:1', '1:2'],
    ])
    expect(ada.of('update')).toEqual([editing(2, 0)])
  })

  test('[R4] those who ask the same share one merge and one frame', async () => {
    let merges = 0
    const documents = {
      ...toyDocuments,
      merge: (updates: readonly Uint8Array[]) => {
        merges += 1
        return toyDocuments.merge(updates)
      },
    }
    const world = new World({ documents })
    await world.relay.apply('doc', edit(1, 0), '')
    await world.pass(20)
    await world.relay.apply('doc', edit(2, 0), '')
    const peers = await Promise.all([world.join(), world.join(), world.join()])
    for (const peer of peers) peer.clear()
    for (const peer of peers) peer.say({ type: 'step1', stateVector: NOTHING })
    await settle()
    expect(merges).toBe(1)
    const frames = peers.map((peer) => peer.writes[0])
    expect(frames[0]).toBeDefined()
    expect(frames.every((frame) => frame === frames[0])).toBe(true)
  })

  test('[R4] whoever asks during a merge that lacks the newest update gets another one', async () => {
    const merges: { updates: number; open: () => void }[] = []
    const documents = {
      ...toyDocuments,
      merge: async (updates: readonly Uint8Array[]) => {
        const { open, passed } = gate()
        merges.push({ updates: updates.length, open })
        await passed
        return toyDocuments.merge(updates)
      },
    }
    const world = new World({ documents })
    const ada = await world.join()
    ada.say({ type: 'update', update: edit(1, 0) }, { type: 'update', update: edit(1, 1) })
    await world.pass(20)
    const [bob, cleo] = [await world.join(), await world.join()]
    bob.say({ type: 'step1', stateVector: NOTHING })
    ada.say({ type: 'update', update: edit(1, 2) })
    await world.pass(20)
    cleo.say({ type: 'step1', stateVector: NOTHING })
    await settle()
    expect(merges.map(({ updates }) => updates)).toEqual([2, 3])
    for (const { open } of merges) open()
    await settle()
    expect(contentOf(bob)).toEqual(['1:0', '1:1', '1:2'])
    expect(toyContent(cleo.of('step2')[0]!.update)).toEqual(['1:0', '1:1', '1:2'])
  })

  test('[R3] a document that cannot be merged closes the one who asked', async () => {
    const documents = { ...toyDocuments, merge: () => Promise.reject(new Error('worker died')) }
    const world = new World({ documents })
    const ada = await world.join()
    ada.say({ type: 'update', update: edit(1, 0) }, { type: 'update', update: edit(1, 1) })
    await world.pass(20)
    const bob = await world.join()
    bob.say({ type: 'step1', stateVector: NOTHING })
    await settle()
    expect([ada.closedWith, bob.closedWith]).toEqual([null, 1013])
  })
})

describe('authors', () => {
  const names: [string, string, object | null, string][] = [
    ['whom authorize named', 'ada@example.org', { user: { name: 'Ada' } }, 'ada@example.org'],
    ['what it calls itself, where nobody is asked', '', { user: { name: 'Ada' } }, 'Ada'],
    ['a name alone', '', { user: 'Ada' }, 'Ada'],
    ['nobody, where it says nothing', '', { cursor: [1, 2] }, ''],
    ['nobody, where it is not there', '', null, ''],
  ]

  test.each(names)('[R17] an update is stored as by %s', async (_, person, state, author) => {
    const world = new World()
    const ada = await world.join('doc', { person })
    if (state) ada.say(presenceOf(7, 1, state))
    ada.say({ type: 'update', update: edit(1, 0) })
    await world.pass(5)
    expect(world.store.batches.flat()).toMatchObject([{ author, at: 1_000_000 }])
  })

  test('[R17] another name is heard with the next edits, however often presence is sent', async () => {
    const world = new World()
    const ada = await world.join('doc', { person: '' })
    for (const [clock, name] of ['Ada', 'Ada B.', 'Countess'].entries()) {
      ada.say(presenceOf(7, clock + 1, { user: { name } }))
      ada.say({ type: 'update', update: edit(1, clock) })
      await world.pass(1_000, 100)
    }
    const authors = world.store.batches.flat().map(({ author }) => author)
    expect(authors).toEqual(['Ada', 'Ada B.', 'Countess'])
  })
})

/** Somebody says this of itself. */
function presenceOf(clientId: number, clock: number, state: object): Message {
  const entry = { clientId, clock, state: JSON.stringify(state) }
  return { type: 'awareness', bytes: encodeAwarenessEntries([entry]) }
}

describe('unloading and compaction', () => {
  test('[R7] a room nobody is in goes after a while', async () => {
    const world = new World()
    const ada = await world.join()
    ada.hangUp()
    await world.pass(29_000, 1000)
    expect(world.relay.stats.rooms).toBe(1)
    await world.pass(2_000, 1000)
    expect(world.relay.stats.rooms).toBe(0)
    expect(world.clock.pending).toBe(0)
  })

  test('[R7] somebody who comes back in time keeps it', async () => {
    const world = new World()
    const ada = await world.join()
    ada.hangUp()
    await world.pass(29_000, 1000)
    await world.join()
    await world.pass(29_000, 1000)
    expect(world.relay.stats.rooms).toBe(1)
  })

  test('[R7] a room is not unloaded while something of it waits for the disk', async () => {
    const world = new World()
    const ada = await world.join()
    world.store.before = () => Promise.reject(new Error('disk full'))
    ada.say({ type: 'update', update: edit(1, 0) })
    await settle()
    ada.hangUp()
    await world.pass(120_000, 500)
    expect(world.relay.stats.rooms).toBe(1)
    world.store.before = () => {}
    await world.pass(40_000, 500)
    expect(world.relay.stats.rooms).toBe(0)
    expect(toyContent(...(await world.store.all('doc')))).toEqual(['1:0'])
  })

  test('[R7] somebody who comes while the room is being compacted keeps it', async () => {
    const world = new World({ limits: { compactOnUnloadUpdates: 1 } })
    const ada = await world.join()
    ada.say({ type: 'update', update: edit(1, 0) })
    await world.pass(20)
    const compacted = gate()
    world.store.before = (call) => (call === 'compact' ? compacted.passed : undefined)
    ada.hangUp()
    await world.pass(31_000, 1000)
    const bob = await world.join()
    compacted.open()
    await settle()
    expect(world.relay.stats.rooms).toBe(1)
    expect(bob.closedWith).toBeNull()
  })

  test('[R8] a long log is compacted while people work', async () => {
    const world = new World({ limits: { compactUpdates: 5, compactPauseMs: 0 } })
    const ada = await world.join()
    for (let i = 0; i < 12; i++) {
      ada.say({ type: 'update', update: edit(1, i) })
      await world.pass(5)
    }
    const stored = await world.store.memory.open('doc')
    expect(stored.snapshot).not.toBeNull()
    expect(stored.updates.length).toBeLessThan(5)
    expect(toyContent(...(await world.store.all('doc')))).toHaveLength(12)
  })

  test('[R8] one that is long again soon waits for its pause, and goes with the next edit', async () => {
    const world = new World({ limits: { compactUpdates: 2, compactPauseMs: 1_000 } })
    const ada = await world.join()
    for (let i = 0; i < 8; i++) {
      ada.say({ type: 'update', update: edit(1, i) })
      await world.pass(5)
    }
    expect(world.relay.stats.compactions).toBe(1)
    await world.pass(1_000, 100)
    ada.say({ type: 'update', update: edit(1, 8) })
    await world.pass(5)
    expect(world.relay.stats.compactions).toBe(2)
    expect((await world.store.memory.open('doc')).updates).toEqual([])
  })

  test('[R8] a log with many bytes is compacted', async () => {
    const world = new World({ limits: { compactBytesMin: 10 } })
    const ada = await world.join()
    for (let i = 0; i < 4; i++) {
      ada.say({ type: 'update', update: edit(1, i) })
      await world.pass(5)
    }
    expect((await world.store.memory.open('doc')).snapshot).not.toBeNull()
  })

  test('[R8] a shorter log is compacted when the room goes, a very short one is left', async () => {
    for (const [count, isCompacted] of [
      [3, true],
      [2, false],
    ] as const) {
      const world = new World({ limits: { compactOnUnloadUpdates: 3 } })
      const ada = await world.join()
      for (let i = 0; i < count; i++) ada.say({ type: 'update', update: edit(1, i) })
      await world.pass(20)
      ada.hangUp()
      await world.pass(31_000, 1000)
      expect((await world.store.memory.open('doc')).snapshot !== null).toBe(isCompacted)
    }
  })

  test('[R8] a snapshot that lost something is not written', async () => {
    const documents = { ...toyDocuments, compact: async () => edit(1, 0) }
    const world = new World({ documents, limits: { compactUpdates: 2 } })
    const ada = await world.join()
    ada.say({ type: 'update', update: edit(1, 0) }, { type: 'update', update: edit(1, 1) })
    await world.pass(20)
    expect((await world.store.memory.open('doc')).snapshot).toBeNull()
    expect(world.logged.join()).toContain('the result lacks what is there')
  })

  test('[R8] a log that is nothing beside its snapshot is left until it is very long', async () => {
    const limits = { compactUpdates: 2, compactOnUnloadUpdates: 1, compactUpdatesMax: 8 }
    const world = new World({ limits })
    const snapshot = toyUpdate({
      structs: Array.from({ length: 200 }, (_, i) => ({ client: 100 + i, clock: 0, length: 1 })),
    })
    await world.store.memory.append([{ document: 'doc', update: snapshot, at: 0, author: '' }])
    await world.store.memory.compact('doc', snapshot, 1)
    const ada = await world.join()
    const isCompacted = async (): Promise<boolean> =>
      (await world.store.memory.open('doc')).updates.length === 0
    for (let i = 0; i < 8; i++) {
      expect(await isCompacted()).toBe(i === 0)
      ada.say({ type: 'update', update: edit(1, i) })
      await world.pass(5)
    }
    expect(await isCompacted()).toBe(true)
    expect(world.relay.stats).toMatchObject({ compactions: 1, compactionsFailed: 0 })
  })

  test('[R8] after a compaction the room opens with all of it', async () => {
    const store = new ScriptedStore()
    const limits = { compactUpdates: 2 }
    const world = new World({ store, limits })
    const ada = await world.join()
    for (let i = 0; i < 7; i++) {
      ada.say({ type: 'update', update: edit(1, i) })
      await world.pass(5)
    }
    const later = new World({ store, limits })
    const bob = await later.join()
    bob.say({ type: 'step1', stateVector: NOTHING })
    await settle()
    expect(contentOf(bob)).toHaveLength(7)
    bob.say({ type: 'update', update: edit(2, 0) }, { type: 'update', update: edit(2, 1) })
    await later.pass(20)
    expect(toyContent(...(await store.all('doc')))).toHaveLength(9)
    expect(later.logged).toEqual([])
    expect((await store.memory.open('doc')).updates.length).toBeLessThan(2)
  })

  test('[R12] a changed document is described now and then, and before its room goes', async () => {
    const world = new World()
    const ada = await world.join()
    ada.say({ type: 'update', update: edit(1, 0) })
    await world.pass(6_000, 100)
    expect((await world.store.list())[0]).toMatchObject({ title: 'toy', shapes: 1 })
    ada.say({ type: 'update', update: edit(1, 1, 4) })
    await world.pass(20)
    ada.hangUp()
    await world.pass(31_000, 1000)
    expect((await world.store.list())[0]).toMatchObject({ title: 'toy', shapes: 5 })
    expect(world.clock.pending).toBe(0)
  })

  test('[R12] one that goes on changing is described less and less often, and when the last one left', async () => {
    const world = new World({ limits: { describeMs: 1_000, describeMsMax: 8_000 } })
    const ada = await world.join()
    const describedAt: number[] = []
    const startedAt = world.clock.now()
    world.store.describe = (id, info) => {
      describedAt.push(Math.round((world.clock.now() - startedAt) / 1_000))
      return world.store.memory.describe(id, info)
    }
    for (let i = 0; i < 250; i++) {
      ada.say({ type: 'update', update: edit(1, i) })
      await world.pass(100, 10)
    }
    expect(describedAt).toEqual([1, 3, 7, 15, 23])
    ada.hangUp()
    await settle()
    expect((await world.store.list())[0]).toMatchObject({ shapes: 250 })
  })

  test('[R12] what a killed process did not describe is described when it is opened', async () => {
    const world = new World()
    await world.store.memory.append([{ document: 'doc', update: edit(1, 0, 3), at: 0, author: '' }])
    await world.join()
    await world.pass(6_000, 100)
    expect((await world.store.list())[0]).toMatchObject({ title: 'toy', shapes: 3 })
  })
})

describe('faults', () => {
  test('[R11] a room that breaks closes its own sessions and no others', async () => {
    const clock = new ManualClock()
    const world = new World({ clock })
    const [ada, bob] = [await world.join('broken'), await world.join('sound')]
    ada.write = () => {
      throw new Error('a bug')
    }
    ada.say({ type: 'update', update: edit(1, 0) })
    bob.say({ type: 'update', update: edit(2, 0) })
    await world.pass(20)
    expect(ada.closedWith).toBe(1013)
    expect(bob.closedWith).toBeNull()
    expect(bob.of('update')).toHaveLength(1)
    expect(world.relay.stats.rooms).toBe(1)
  })

  test('[R11] what a broken room left on its way to the disk is there for the next', async () => {
    const world = new World()
    const [ada, bob] = [await world.join(), await world.join()]
    const stored = gate()
    world.store.before = (call) => (call === 'append' ? stored.passed : undefined)
    bob.say({ type: 'update', update: edit(1, 0) })
    await settle()
    ada.write = () => {
      throw new Error('a bug')
    }
    const entries = [{ clientId: 7, clock: 1, state: '{}' }]
    bob.say({ type: 'awareness', bytes: encodeAwarenessEntries(entries) })
    await world.pass(30)
    expect(world.relay.stats.rooms).toBe(0)
    const eve = world.connect()
    eve.say({ type: 'step1', stateVector: NOTHING })
    await world.pass(30)
    expect(eve.messages).toEqual([])
    stored.open()
    await world.pass(30)
    expect(contentOf(eve)).toEqual(['1:0'])
  })

  test('[R11] a hook that throws changes nothing', async () => {
    const hooks = {
      committed: () => {
        throw new Error('a hook')
      },
    }
    const world = new World({ hooks })
    const ada = await world.join()
    ada.say({ type: 'update', update: edit(1, 0) })
    await world.pass(20)
    expect(ada.of('update')).toHaveLength(1)
    expect(world.logged.join()).toContain('hook failed')
  })
})

function plain({ updates }: { readonly updates: readonly Uint8Array[] }): number[][] {
  return updates.map((update) => [...update])
}
