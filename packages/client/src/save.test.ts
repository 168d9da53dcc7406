import { describe, expect, test } from 'vitest'
import { applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs'
import {
  type Bench,
  EMPTY_UPDATE,
  EMPTY_VECTOR,
  makeBench,
  makeLiveBench,
} from './testing/bench.ts'

/** Edits, lets the frame go and returns it. */
function sendEdit({ edit, clock, socket }: Bench, key?: string): Uint8Array {
  edit(key)
  clock.advance(33)
  const [frame] = socket().take('update')
  if (!frame) throw new Error('The client sent nothing')
  return frame.update
}

/** Goes offline with one change and comes back to a server that lacks it; returns the step2. */
function comeBack(bench: Bench, protocol = 'kolam.1'): Uint8Array {
  const { client, edit, socket, clock } = bench
  client.connect()
  bench.goLive(protocol)
  socket().drop()
  edit('offline')
  clock.advance(100)
  socket().accept(protocol)
  socket().say({ type: 'step1', stateVector: EMPTY_VECTOR })
  return socket().take('step2')[0]!.update
}

describe('save state', () => {
  test('[A1] is saved, local, saving and saved again as the change goes its way', () => {
    const bench = makeBench()
    const { client, socket, edit, saves, clock } = bench
    expect(client.save).toEqual({ name: 'saved' })
    edit()
    const since = clock.now()
    clock.advance(5)
    edit()
    client.connect()
    socket().accept()
    socket().say({ type: 'step1', stateVector: EMPTY_VECTOR })
    const [step2] = socket().take('step2')
    socket().say({ type: 'update', update: step2!.update })
    expect(saves).toEqual([
      { name: 'local', changes: 1, since },
      { name: 'local', changes: 2, since },
      { name: 'saving', changes: 2 },
      { name: 'saved' },
    ])
  })

  test('[A2] echoes acknowledge in order, and only what is equal', () => {
    const bench = makeLiveBench()
    const { client, socket } = bench
    const [a, b] = [sendEdit(bench), sendEdit(bench)]
    socket().say({ type: 'update', update: b })
    expect(client.save).toEqual({ name: 'saving', changes: 2 })
    socket().say({ type: 'update', update: a })
    expect(client.save).toEqual({ name: 'saving', changes: 1 })
    socket().say({ type: 'update', update: b })
    expect(client.save).toEqual({ name: 'saved' })
  })

  test('[A2] a change made while another is on its way is not acknowledged with it', () => {
    const bench = makeLiveBench()
    const { client, socket, edit } = bench
    const a = sendEdit(bench)
    edit()
    socket().say({ type: 'update', update: a })
    expect(client.save).toEqual({ name: 'saving', changes: 1 })
  })

  test('[A3] known acknowledges the oldest', () => {
    const bench = makeLiveBench()
    const { client, socket } = bench
    sendEdit(bench)
    const b = sendEdit(bench)
    socket().say({ type: 'known' })
    expect(client.save).toEqual({ name: 'saving', changes: 1 })
    socket().say({ type: 'update', update: b })
    expect(client.save).toEqual({ name: 'saved' })
  })

  test('[A4] two people delete the same: only the own echo acknowledges it', () => {
    const bench = makeLiveBench()
    const { client, doc, socket, clock } = bench
    const first = sendEdit(bench, 'shape')
    socket().say({ type: 'update', update: first })
    const other = new Doc()
    applyUpdate(other, encodeStateAsUpdate(doc))
    const before = encodeStateVector(other)
    other.getMap('shapes').delete('shape')
    doc.getMap('shapes').delete('shape')
    clock.advance(33)
    const [ours] = socket().take('update')
    const theirs = encodeStateAsUpdate(other, before)
    expect(theirs).not.toEqual(ours!.update)
    const again = new Doc()
    for (const update of [first, ours!.update]) applyUpdate(again, update)
    expect(again.getMap('shapes').toJSON()).toEqual({})
    sendEdit(bench)
    socket().say({ type: 'update', update: theirs })
    expect(client.save).toEqual({ name: 'saving', changes: 2 })
    socket().say({ type: 'update', update: ours!.update })
    socket().say({ type: 'known' })
    expect(client.save).toEqual({ name: 'saved' })
  })

  test('[A4] the same for what another provider brought into the document', () => {
    const bench = makeLiveBench()
    const { client, doc, socket, clock } = bench
    const other = new Doc()
    other.getMap('shapes').set('theirs', 1)
    const theirs = encodeStateAsUpdate(other)
    applyUpdate(doc, theirs, 'another provider')
    clock.advance(33)
    expect(socket().take('update')).toEqual([{ type: 'update', update: theirs }])
    sendEdit(bench)
    socket().say({ type: 'update', update: theirs })
    socket().say({ type: 'known' })
    expect(client.save).toEqual({ name: 'saving', changes: 1 })
  })

  test('[A5] the step2 of the next line covers what was unanswered and is acknowledged by its echo', () => {
    const bench = makeLiveBench()
    const { client, socket, clock } = bench
    const a = sendEdit(bench)
    socket().drop()
    expect(client.save.name).toBe('local')
    clock.advance(100)
    socket().accept()
    socket().say({ type: 'update', update: a })
    expect(client.save).toEqual({ name: 'saving', changes: 1 })
    socket().say({ type: 'step1', stateVector: EMPTY_VECTOR })
    socket().say({ type: 'update', update: socket().take('step2')[0]!.update })
    expect(client.save).toEqual({ name: 'saved' })
  })

  test('[A5] or by known', () => {
    const bench = makeBench()
    comeBack(bench)
    expect(bench.client.save).toEqual({ name: 'saving', changes: 1 })
    bench.socket().say({ type: 'known' })
    expect(bench.client.save).toEqual({ name: 'saved' })
  })

  test('[A6] with nothing unacknowledged nothing is awaited, and known is not for the next change', () => {
    const bench = makeBench()
    const { client, socket } = bench
    client.connect()
    bench.goLive()
    expect(client.save).toEqual({ name: 'saved' })
    sendEdit(bench)
    socket().say({ type: 'known' })
    expect(client.save).toEqual({ name: 'saving', changes: 1 })
  })

  test('[A6] a server that lost what was saved makes it a change again', () => {
    const bench = makeLiveBench()
    const { client, socket, clock } = bench
    socket().say({ type: 'update', update: sendEdit(bench) })
    socket().drop()
    expect(client.save).toEqual({ name: 'saved' })
    clock.advance(100)
    socket().accept()
    socket().say({ type: 'step1', stateVector: EMPTY_VECTOR })
    expect(client.save).toEqual({ name: 'saving', changes: 1 })
  })

  test('[A7] a document that is not empty at first is local until the handshake tells', () => {
    const doc = new Doc()
    doc.getMap('shapes').set('from somewhere', 1)
    const bench = makeBench({ doc })
    const { client, socket } = bench
    expect(client.save).toEqual({ name: 'local', changes: 1, since: bench.clock.now() })
    client.connect()
    socket().accept()
    socket().say({ type: 'step1', stateVector: encodeStateVector(doc) })
    socket().say({ type: 'known' })
    expect(client.save).toEqual({ name: 'saved' })
  })
})

describe('servers without kolam.1', () => {
  test('[A8] an awaited step2 is acknowledged by the answer to a step1 sent behind it', () => {
    const bench = makeBench()
    const { client, socket } = bench
    comeBack(bench, '')
    expect(socket().take('step1')).toHaveLength(2)
    socket().say({ type: 'step2', update: EMPTY_UPDATE })
    expect(client.save).toEqual({ name: 'saving', changes: 1 })
    socket().say({ type: 'step2', update: EMPTY_UPDATE })
    expect(client.save).toEqual({ name: 'saved' })
  })

  test('[A8] the barrier does not acknowledge what was sent behind it', () => {
    const bench = makeBench()
    const { client, socket } = bench
    comeBack(bench, '')
    sendEdit(bench)
    socket().say({ type: 'step2', update: EMPTY_UPDATE })
    socket().say({ type: 'step2', update: EMPTY_UPDATE })
    expect(client.save).toEqual({ name: 'saving', changes: 1 })
  })

  test('[A8] an update without an echo is asked for after 2 s', () => {
    const bench = makeBench()
    const { client, socket, clock } = bench
    client.connect()
    bench.goLive('')
    sendEdit(bench)
    socket().take('step1')
    clock.advance(1_900)
    expect(socket().take('step1')).toHaveLength(0)
    clock.advance(2_200)
    expect(socket().take('step1')).toHaveLength(1)
    socket().say({ type: 'step2', update: EMPTY_UPDATE })
    expect(client.save).toEqual({ name: 'saved' })
  })

  test('[A8] a Kolam relay is never believed on a step2 alone', () => {
    const bench = makeLiveBench()
    const { client, socket, clock } = bench
    sendEdit(bench)
    clock.advance(4_000)
    client.probe()
    expect(socket().take('step1')).toEqual([])
    socket().say({ type: 'step2', update: EMPTY_UPDATE })
    socket().say({ type: 'step2', update: EMPTY_UPDATE })
    expect(client.save).toEqual({ name: 'saving', changes: 1 })
  })

  test('[A9] a server that only pretends to speak kolam.1 is found out after 5 s', () => {
    const bench = makeBench()
    const { client, socket, clock } = bench
    comeBack(bench, 'kolam.1')
    expect(socket().take('ping')).toHaveLength(1)
    const line = socket()
    line.say({ type: 'step2', update: EMPTY_UPDATE })
    line.take('step1')
    clock.advance(5_000)
    expect(line.take('step1')).toHaveLength(1)
    line.say({ type: 'step2', update: EMPTY_UPDATE })
    expect(client.save).toEqual({ name: 'saved' })
    clock.advance(30_000)
    expect(client.state.name).toBe('live')
  })
})

describe('changes that are not taken', () => {
  test('[A10] a change unanswered for 30 s on a living Kolam line is settled by a new handshake', () => {
    const bench = makeLiveBench()
    const { client, socket, clock, sockets } = bench
    sendEdit(bench)
    const pulse = (seconds: number) => {
      for (let i = 0; i < seconds; i++) {
        clock.advance(1_000)
        socket().raw(1, 1, 0)
      }
    }
    pulse(29)
    expect(sockets).toHaveLength(1)
    pulse(3)
    expect(sockets).toHaveLength(2)
    expect(client.save.name).toBe('local')
  })

  test('[A10] but not while the relay says that its disk refuses', () => {
    const bench = makeLiveBench()
    const { socket, clock, sockets } = bench
    socket().say({ type: 'health', degraded: true, reason: 'The disk is full' })
    sendEdit(bench)
    for (let i = 0; i < 120; i++) {
      clock.advance(1_000)
      socket().raw(1, 1, 0)
    }
    expect(sockets).toHaveLength(1)
  })

  test('[A11] a refused change shows why, stays, and nothing more is sent on that line', () => {
    const bench = makeLiveBench()
    const { client, doc, socket, edit, clock, states } = bench
    const refusals: unknown[] = []
    client.on('refused', (refusal) => refusals.push(refusal))
    sendEdit(bench)
    socket().say({ type: 'auth', reason: 'This link is for viewing' })
    const refused = { code: 4403, reason: 'This link is for viewing' }
    expect(client.state).toEqual({ name: 'refused', ...refused })
    expect(refusals).toEqual([refused])
    expect(client.save).toMatchObject({ name: 'local', changes: 1 })
    edit()
    clock.advance(1_000)
    expect(socket().take('update')).toEqual([])
    socket().say({ type: 'known' })
    expect(client.save).toMatchObject({ name: 'local', changes: 2 })
    const other = new Doc()
    other.getMap('shapes').set('theirs', 1)
    socket().say({ type: 'update', update: encodeStateAsUpdate(other) })
    expect(doc.getMap('shapes').has('theirs')).toBe(true)
    expect(socket().closed).toBeNull()
    socket().say({ type: 'health', degraded: false, reason: '' })
    expect(client.state.name).toBe('refused')
    states.length = 0
    socket().drop()
    clock.advance(100)
    bench.goLive()
    expect(states.map(({ name }) => name)).toEqual(['offline', 'connecting', 'syncing', 'live'])
    expect(client.save).toEqual({ name: 'saving', changes: 2 })
  })

  test('[A11] after a refusal neither another step1 nor a barrier counts', () => {
    const bench = makeBench()
    const { client, socket } = bench
    comeBack(bench, '')
    socket().say({ type: 'auth', reason: 'No' })
    socket().say({ type: 'step1', stateVector: EMPTY_VECTOR })
    expect(socket().take('step2')).toEqual([])
    socket().say({ type: 'step2', update: EMPTY_UPDATE })
    socket().say({ type: 'step2', update: EMPTY_UPDATE })
    expect(client.save).toMatchObject({ name: 'local', changes: 1 })
  })

  test('[A11] auth with nothing unacknowledged is not about us', () => {
    const { client, socket } = makeLiveBench()
    socket().say({ type: 'auth', reason: 'No' })
    expect(client.state).toEqual({ name: 'live' })
  })
})
