import type { Message } from '@kolam/protocol'
import { describe, expect, test } from 'vitest'
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector, mergeUpdates } from 'yjs'
import { EMPTY_UPDATE, EMPTY_VECTOR, makeBench, makeLiveBench } from './testing/bench.ts'
import { BUFFERED_BYTES_MAX } from './timing.ts'

/** A document with one shape, and its content. */
function otherDoc(key = 'theirs') {
  const doc = new Doc()
  doc.getMap('shapes').set(key, 1)
  return { doc, update: encodeStateAsUpdate(doc) }
}

/** The shapes that an update creates in an empty document. */
function shapesIn(message: Extract<Message, { type: 'update' | 'step2' }> | undefined) {
  const doc = new Doc()
  if (message) applyUpdate(doc, message.update)
  return [...doc.getMap('shapes').keys()].toSorted()
}

describe('handshake', () => {
  test('[S1] an open line hears step1 first, then awareness', () => {
    const { client, socket, doc } = makeBench()
    client.connect()
    expect(socket().protocols).toEqual(['kolam.1'])
    socket().accept()
    const types = socket().sent.map((message) => message.type)
    expect(types.indexOf('step1')).toBeLessThan(types.indexOf('awareness'))
    expect(socket().take('step1')).toEqual([{ type: 'step1', stateVector: encodeStateVector(doc) }])
  })

  test('[S2] updates wait for the server’s step1, which is answered with everything it lacks', () => {
    const { client, socket, edit, clock } = makeBench()
    edit('before')
    client.connect()
    socket().accept()
    edit('during')
    clock.advance(100)
    expect([socket().take('update'), socket().take('step2')]).toEqual([[], []])
    socket().say({ type: 'step1', stateVector: EMPTY_VECTOR })
    const answers = socket().take('step2')
    expect(answers).toHaveLength(1)
    expect(shapesIn(answers[0])).toEqual(['before', 'during'])
    clock.advance(100)
    expect(socket().take('update')).toEqual([])
  })

  test('[S2] the answer holds only what the server lacks', () => {
    const { client, socket, edit, doc, clock } = makeLiveBench()
    edit('old')
    clock.advance(33)
    socket().say({ type: 'update', update: socket().take('update')[0]!.update })
    const stateVector = encodeStateVector(doc)
    socket().drop()
    edit('new')
    clock.advance(100)
    socket().accept()
    socket().say({ type: 'step1', stateVector })
    expect(client.save).toMatchObject({ changes: 1 })
    expect(socket().take('step2')[0]?.update).toEqual(encodeStateAsUpdate(doc, stateVector))
  })

  test('[A13] what was never acknowledged is sent although the server claims to have it', () => {
    const { client, socket, edit, doc, clock } = makeLiveBench()
    edit('lost')
    clock.advance(33)
    socket().drop()
    clock.advance(100)
    socket().accept()
    socket().say({ type: 'pong', nonce: 1 })
    socket().say({ type: 'step1', stateVector: encodeStateVector(doc) })
    const [answer] = socket().take('step2')
    expect(shapesIn(answer)).toEqual(['lost'])
    socket().say({ type: 'step2', update: EMPTY_UPDATE })
    socket().say({ type: 'known' })
    expect(client.save).toEqual({ name: 'saved' })
    socket().drop()
    clock.advance(100)
    socket().accept()
    socket().say({ type: 'step1', stateVector: encodeStateVector(doc) })
    expect(socket().take('step2')[0]?.update).toEqual(EMPTY_UPDATE)
  })

  test('[A13] what another provider brought is sent where the server lacks it only', () => {
    const { socket, doc, clock } = makeLiveBench()
    applyUpdate(doc, otherDoc().update, 'another provider')
    clock.advance(33)
    socket().drop()
    clock.advance(100)
    socket().accept()
    socket().say({ type: 'step1', stateVector: encodeStateVector(doc) })
    expect(socket().take('step2')[0]?.update).toEqual(EMPTY_UPDATE)
  })

  test('[S2] a later step1 on the same line is answered too', () => {
    const { socket, edit, clock, client } = makeLiveBench()
    edit()
    socket().say({ type: 'step1', stateVector: EMPTY_VECTOR })
    const [answer] = socket().take('step2')
    clock.advance(100)
    expect(socket().take('update')).toEqual([])
    socket().say({ type: 'update', update: answer!.update })
    expect(client.save).toEqual({ name: 'saved' })
  })

  test('[S3] synced holds from the server’s step2 to the end of the line', () => {
    const { client, socket } = makeBench()
    const told: boolean[] = []
    client.on('synced', (synced) => told.push(synced))
    client.connect()
    socket().accept()
    expect([client.synced, client.state.name]).toEqual([false, 'syncing'])
    const { update } = otherDoc()
    socket().say({ type: 'step2', update })
    expect([client.synced, client.state.name]).toEqual([true, 'live'])
    expect(client.doc.getMap('shapes').has('theirs')).toBe(true)
    socket().drop()
    expect([client.synced, told]).toEqual([false, [true, false]])
  })
})

describe('updates', () => {
  test('[S4] changes of one tick are one frame, the first at once, then one every 33 ms', () => {
    const { socket, edit, clock } = makeLiveBench()
    edit('a')
    edit('b')
    clock.advance(0)
    expect(socket().take('update').map(shapesIn)).toEqual([['a', 'b']])
    for (let ms = 0; ms < 99; ms++) {
      edit('dragged')
      clock.advance(1)
    }
    expect(socket().take('update')).toHaveLength(3)
    clock.advance(1000)
    expect(socket().take('update')).toHaveLength(0)
    edit('c')
    clock.advance(0)
    expect(socket().take('update')).toHaveLength(1)
  })

  test('[S4] a merged frame holds the changes as they were', () => {
    const { doc, socket, edit, clock } = makeLiveBench()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    edit()
    edit()
    clock.advance(0)
    expect(socket().take('update')[0]?.update).toEqual(mergeUpdates(updates))
  })

  test('[S5] while the network is full, changes wait and merge', () => {
    const { socket, edit, clock } = makeLiveBench()
    socket().bufferedAmount = BUFFERED_BYTES_MAX + 1
    edit('a')
    clock.advance(500)
    edit('b')
    clock.advance(500)
    expect(socket().take('update')).toEqual([])
    socket().bufferedAmount = 0
    clock.advance(33)
    expect(socket().take('update').map(shapesIn)).toEqual([['a', 'b']])
  })

  test('[S6] what comes from the server has the client as origin and is not sent back', () => {
    const { client, doc, socket, clock } = makeLiveBench()
    const origins: unknown[] = []
    doc.on('update', (_: Uint8Array, origin: unknown) => origins.push(origin))
    socket().say({ type: 'update', update: otherDoc().update })
    clock.advance(100)
    expect(origins).toEqual([client])
    expect(socket().take('update')).toEqual([])
    expect(client.save).toEqual({ name: 'saved' })
  })
})

describe('malformed input', () => {
  const frames: [string, number[]][] = [
    ['an empty frame', []],
    ['a frame cut short', [0, 2, 200, 1]],
    ['an update that is none', [0, 2, 3, 9, 9, 9]],
    ['a step2 that is none', [0, 1, 2, 255, 255]],
    ['a state vector that is none', [0, 0, 2, 255, 255]],
    ['awareness that is none', [1, 2, 7, 1]],
    ['awareness whose state is no JSON', [1, 5, 1, 9, 1, 1, 0x7b]],
  ]
  test.each(frames)('[S7] %s ends the line, and the client comes back', (_, bytes) => {
    const { client, socket, sockets, clock } = makeLiveBench()
    const old = socket()
    old.raw(...bytes)
    expect(old.closed?.code).toBe(4400)
    expect(client.state.name).toBe('offline')
    clock.advance(10_000)
    expect(sockets).toHaveLength(2)
  })

  test('[S7] a message type of a later version is ignored', () => {
    const { client, socket } = makeLiveBench()
    socket().raw(120, 1, 2, 3)
    expect([socket().closed, client.state.name]).toEqual([null, 'live'])
  })

  test('[S8] an app listener that throws does not break the line; its error comes in its own turn', () => {
    const { client, doc, socket, clock } = makeLiveBench()
    const off = doc.getMap('shapes').observe(() => {
      throw new Error('the app broke')
    })
    client.on('save', () => {
      throw new Error('the app broke again')
    })
    socket().say({ type: 'update', update: otherDoc().update })
    expect([socket().closed, client.state.name, off]).toEqual([null, 'live', undefined])
    expect(doc.getMap('shapes').has('theirs')).toBe(true)
    expect(() => clock.advance(0)).toThrow('the app broke')
    expect(socket().closed).toBeNull()
  })

  test('[S8] nor does one of the client’s own events', () => {
    const { client, socket, clock } = makeBench()
    client.on('state', () => {
      throw new Error('the light broke')
    })
    client.connect()
    expect(() => clock.advance(0)).toThrow('the light broke')
    socket().accept()
    socket().say({ type: 'step2', update: EMPTY_UPDATE })
    expect(client.state.name).toBe('live')
  })
})
