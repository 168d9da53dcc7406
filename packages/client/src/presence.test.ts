import {
  type AwarenessEntry,
  decodeAwarenessEntries,
  encodeAwarenessEntries,
} from '@kolam/protocol'
import { afterEach, describe, expect, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import { Doc } from 'yjs'
import { type Bench, makeBench, makeLiveBench } from './testing/bench.ts'
import type { TestSocket } from './testing/socket-pair.ts'

const OTHER = 77
const entry = (clock: number, state: unknown, clientId = OTHER): AwarenessEntry => ({
  clientId,
  clock,
  state: JSON.stringify(state),
})

let benches: Bench[] = []
afterEach(() => {
  for (const { doc } of benches) doc.destroy()
  benches = []
})

function live(): Bench {
  const bench = makeLiveBench()
  benches.push(bench)
  return bench
}

/** The entries of every awareness message sent since the last call. */
function taken(socket: TestSocket): AwarenessEntry[] {
  return socket.take('awareness').flatMap(({ bytes }) => decodeAwarenessEntries(bytes) ?? [])
}

function say(socket: TestSocket, ...entries: AwarenessEntry[]): void {
  socket.say({ type: 'awareness', bytes: encodeAwarenessEntries(entries) })
}

describe('presence', () => {
  test('[P1] goes out at most every 33 ms, only the latest', () => {
    const { client, socket, clock } = live()
    for (let x = 0; x < 99; x++) {
      client.awareness.setLocalStateField('x', x)
      clock.advance(1)
    }
    clock.advance(33)
    const states = taken(socket()).map(({ state }) => JSON.parse(state) as { x: number })
    expect(states.length).toBeLessThanOrEqual(5)
    expect(states.at(-1)).toEqual({ x: 98 })
  })

  test('[P1] what others said is never sent on', () => {
    const { client, socket, clock } = live()
    say(socket(), entry(1, { name: 'Ada' }))
    expect(client.awareness.getStates().get(OTHER)).toEqual({ name: 'Ada' })
    clock.advance(1_000)
    expect(taken(socket())).toEqual([])
  })

  test('[S1] every line hears the local state with a newer clock', () => {
    const bench = live()
    const { client, socket, clock } = bench
    client.awareness.setLocalState({ name: 'Me' })
    clock.advance(33)
    const before = taken(socket()).at(-1)
    socket().drop()
    clock.advance(100)
    socket().accept()
    const [again] = taken(socket())
    expect(JSON.parse(again!.state)).toEqual({ name: 'Me' })
    expect(again!.clock).toBeGreaterThan(before!.clock)
  })

  test('[P2] the others are gone with the line and come back with the clock they had', () => {
    const bench = live()
    const { client, socket, clock } = bench
    const changes: { added: number[]; removed: number[] }[] = []
    client.awareness.on('change', (change: { added: number[]; removed: number[] }) =>
      changes.push(change),
    )
    client.awareness.setLocalState({ name: 'Me' })
    say(socket(), entry(5, { name: 'Ada' }))
    socket().drop()
    expect([...client.awareness.getStates().keys()]).toEqual([client.awareness.clientID])
    clock.advance(100)
    bench.goLive()
    say(socket(), entry(5, { name: 'Ada' }))
    expect(client.awareness.getStates().get(OTHER)).toEqual({ name: 'Ada' })
    const others = changes.filter(({ added, removed }) => [...added, ...removed].includes(OTHER))
    expect(others).toMatchObject([{ added: [OTHER] }, { removed: [OTHER] }, { added: [OTHER] }])
  })

  test('[P3] a relay that says we are gone hears us again', () => {
    const { client, socket, clock } = live()
    client.awareness.setLocalState({ name: 'Me' })
    clock.advance(33)
    const { clientId, clock: last } = taken(socket()).at(-1)!
    say(socket(), entry(last + 3, null, clientId))
    clock.advance(33)
    const [again] = taken(socket())
    expect(again).toEqual(entry(last + 4, { name: 'Me' }, clientId))
  })

  test.each([[{ name: 'Me' }], [null]])(
    '[P5] nobody else says what this person’s state is: %j stays, and is said again',
    (state) => {
      const { client, socket, clock } = live()
      client.awareness.setLocalState(state)
      clock.advance(33)
      const { clientId, clock: last } = taken(socket()).at(-1)!
      say(socket(), entry(last + 3, { name: 'Somebody else' }, clientId))
      expect(client.awareness.getLocalState()).toEqual(state)
      clock.advance(33)
      expect(taken(socket())).toEqual([entry(last + 4, state, clientId)])
    },
  )

  test('[P3] and so does one that asks for everybody', () => {
    const { socket } = live()
    socket().say({ type: 'queryAwareness' })
    expect(taken(socket())).toHaveLength(1)
  })

  test('[P4] hide() sends what waits and the removal; probe() brings the same state back', () => {
    const { client, socket, edit, clock } = live()
    client.awareness.setLocalState({ name: 'Me' })
    clock.advance(33)
    const last = taken(socket()).at(-1)!
    edit()
    client.hide()
    expect(socket().take('update')).toHaveLength(1)
    expect(taken(socket())).toEqual([{ ...last, state: 'null' }])
    client.awareness.setLocalState({ name: 'Me', hidden: true })
    clock.advance(1_000)
    expect(taken(socket())).toEqual([])
    client.probe()
    const back = taken(socket())
    expect(back).toEqual([entry(back[0]!.clock, { name: 'Me', hidden: true }, last.clientId)])
    expect(back[0]!.clock).toBeGreaterThan(last.clock)
  })

  test('[P4] destroy() takes presence back and leaves an awareness of the app alone', () => {
    const doc = new Doc()
    const awareness = new Awareness(doc)
    awareness.setLocalState({ name: 'Me' })
    const bench = makeBench({ doc, awareness })
    benches.push(bench)
    bench.client.connect()
    const socket = bench.goLive()
    taken(socket)
    bench.client.destroy()
    expect(taken(socket)).toMatchObject([{ clientId: doc.clientID, state: 'null' }])
    expect(awareness.getLocalState()).toEqual({ name: 'Me' })
  })
})
