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

/** Of a server that may be quiet for as long as a test takes. */
function live(): Bench {
  const bench = makeLiveBench({ timing: { quietMs: 3_600_000 } })
  benches.push(bench)
  return bench
}

/** The same with somebody else there. */
function accompanied(): Bench {
  const bench = live()
  say(bench.socket(), entry(1, { name: 'Ada' }))
  return bench
}

/** The entries of every awareness message sent since the last call. */
function taken(socket: TestSocket): AwarenessEntry[] {
  return socket.take('awareness').flatMap(({ bytes }) => decodeAwarenessEntries(bytes) ?? [])
}

/** Where this person was in each of them. */
function xs(socket: TestSocket): number[] {
  return taken(socket).map(({ state }) => (JSON.parse(state) as { x: number }).x)
}

function say(socket: TestSocket, ...entries: AwarenessEntry[]): void {
  socket.say({ type: 'awareness', bytes: encodeAwarenessEntries(entries) })
}

describe('presence', () => {
  test('[P1] goes out at most every 33 ms, only the latest', () => {
    const { client, socket, clock } = accompanied()
    for (let x = 0; x < 99; x++) {
      client.awareness.setLocalStateField('x', x)
      clock.advance(1)
    }
    clock.advance(33)
    const states = taken(socket()).map(({ state }) => JSON.parse(state) as { x: number })
    expect(states.length).toBeLessThanOrEqual(5)
    expect(states.at(-1)).toEqual({ x: 98 })
  })

  test('[P1] goes out at most once a second while nobody else is there, only the latest', () => {
    const { client, socket, clock } = live()
    clock.advance(1_000)
    for (let x = 0; x < 250; x++) {
      client.awareness.setLocalStateField('x', x)
      clock.advance(10)
    }
    expect(xs(socket())).toEqual([0, 99, 199])
    clock.advance(500)
    expect(xs(socket())).toEqual([249])
    clock.advance(60_000)
    expect(xs(socket())).toEqual([])
  })

  test('[P1] what waits goes out at once when somebody comes, and nothing where nothing waits', () => {
    const { client, socket, clock } = live()
    clock.advance(1_000)
    client.awareness.setLocalStateField('x', 1)
    clock.advance(0)
    client.awareness.setLocalStateField('x', 2)
    clock.advance(100)
    expect(xs(socket())).toEqual([1])
    say(socket(), entry(1, { name: 'Ada' }))
    clock.advance(0)
    expect(xs(socket())).toEqual([2])
    say(socket(), entry(1, { name: 'Eve' }, OTHER + 1))
    clock.advance(2_000)
    expect(xs(socket())).toEqual([])
    client.awareness.setLocalStateField('x', 3)
    clock.advance(0)
    client.awareness.setLocalStateField('x', 4)
    clock.advance(33)
    expect(xs(socket())).toEqual([3, 4])
  })

  test('[P1] and is that of somebody alone again when everybody else has gone', () => {
    const { client, socket, clock } = accompanied()
    say(socket(), entry(2, null))
    clock.advance(1_000)
    for (const x of [1, 2]) {
      client.awareness.setLocalStateField('x', x)
      clock.advance(400)
    }
    expect(xs(socket())).toEqual([1])
  })

  test('[P6] a page that is not seen says no move but with what keeps it listed', () => {
    const { client, socket, clock } = accompanied()
    clock.advance(1_000)
    client.awareness.setLocalStateField('x', 1)
    client.wentHidden()
    clock.advance(33)
    expect(xs(socket())).toEqual([1])
    for (let x = 2; x < 150; x++) {
      client.awareness.setLocalStateField('x', x)
      clock.advance(100)
    }
    expect(xs(socket())).toEqual([])
    clock.advance(15_000)
    expect(xs(socket())).toEqual([149])
    // Y-protocols renews what is said every 15 s, and takes for gone who was not heard of for 30 s.
    client.awareness.setLocalState(client.awareness.getLocalState())
    clock.advance(15_000)
    expect(xs(socket())).toEqual([149])
  })

  test('[P6] it says the newest at once when it is seen again, also to nobody', () => {
    for (const bench of [live(), accompanied()]) {
      const { client, socket, clock } = bench
      clock.advance(1_000)
      client.awareness.setLocalStateField('x', 1)
      clock.advance(0)
      client.wentHidden()
      for (const x of [2, 3]) client.awareness.setLocalStateField('x', x)
      clock.advance(1_000)
      client.wentOnline()
      clock.advance(1_000)
      expect(xs(socket())).toEqual([1])
      client.probe()
      clock.advance(0)
      expect(xs(socket())).toEqual([3])
    }
  })

  test('[P6] it is listed on a new line, and taken back at once', () => {
    const { client, socket, clock } = accompanied()
    client.wentHidden()
    client.awareness.setLocalState({ x: 7 })
    socket().drop()
    clock.advance(100)
    socket().accept()
    expect(xs(socket())).toEqual([7])
    client.awareness.setLocalState(null)
    clock.advance(33)
    expect(taken(socket())).toMatchObject([{ state: 'null' }])
    client.awareness.setLocalState({ x: 8 })
    clock.advance(33)
    expect(xs(socket())).toEqual([8])
  })

  test('[P1] what others said is never sent on', () => {
    const { client, socket, clock } = live()
    say(socket(), entry(1, { name: 'Ada' }))
    expect(client.awareness.getStates().get(OTHER)).toEqual({ name: 'Ada' })
    clock.advance(1_000)
    expect(taken(socket())).toEqual([])
  })

  test('[S1] every line hears the local state with a newer clock', () => {
    const bench = accompanied()
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
    const { client, socket, clock } = accompanied()
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
      const { client, socket, clock } = accompanied()
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
    const { client, socket, edit, clock } = accompanied()
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
