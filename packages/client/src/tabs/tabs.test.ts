import { ManualClock } from '@kolam/base'
import { decodeAwarenessEntries } from '@kolam/protocol'
import * as decoding from 'lib0/decoding'
import { describe, expect, test } from 'vitest'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { applyUpdate, decodeUpdate, Doc, encodeStateAsUpdate, mergeUpdates } from 'yjs'
import { EMPTY_UPDATE, EMPTY_VECTOR, makeBench } from '../testing/bench.ts'
import { ChannelHub } from '../testing/channel-hub.ts'
import { decodeTabMessage, encodeTabMessage } from './message.ts'
import { Tabs } from './tabs.ts'

/** A browser with tabs; each has a client of its own that is not connected yet. */
function makeBrowser() {
  const hub = new ChannelHub()
  const openTab = (name: string) => {
    const doc = new Doc()
    const awareness = new Awareness(doc)
    awareness.setLocalState({ name })
    const channel = hub.join()
    const clock = new ManualClock()
    const tabs = new Tabs({ doc, awareness, channel, clock })
    const bench = makeBench({ doc, awareness })
    bench.client.joinTabs(tabs)
    tabs.start(bench.client)
    hub.deliver()
    /** Lets time pass for what this tab says. */
    const pass = (ms = 33) => {
      clock.advance(ms)
      bench.clock.advance(ms)
      hub.deliver()
    }
    const shapes = () => [...doc.getMap('shapes').keys()].toSorted()
    const names = () =>
      [...awareness.getStates().values()].map(({ name }) => String(name)).toSorted()
    return { ...bench, tabs, channel, awareness, pass, shapes, names }
  }
  return { hub, openTab }
}

type Tab = ReturnType<ReturnType<typeof makeBrowser>['openTab']>

/** Connects to a server that has nothing. */
function goLive(tab: Tab) {
  tab.client.connect()
  const socket = tab.goLive()
  socket.say({ type: 'known' })
  socket.sent.length = 0
  return socket
}

describe('sharing what is written', () => {
  test('[N1] a new tab hears what the others have, and they what it has', () => {
    const { hub, openTab } = makeBrowser()
    const one = openTab('one')
    one.edit('a')
    one.doc.getMap('shapes').delete('a')
    one.edit('b')
    const two = openTab('two')
    expect(two.shapes()).toEqual(['b'])
    const doc = new Doc()
    doc.getMap('shapes').set('stored', 1)
    const three = { doc, awareness: new Awareness(doc), channel: hub.join() }
    new Tabs({ ...three, clock: new ManualClock() }).start(null)
    hub.deliver()
    for (const shapes of [one.shapes(), two.shapes(), [...doc.getMap('shapes').keys()].toSorted()])
      expect(shapes).toEqual(['b', 'stored'])
  })

  test('[N1] what was missed in a sleep is asked for', () => {
    const { hub, openTab } = makeBrowser()
    const [one, two] = [openTab('one'), openTab('two')]
    const { listener } = two.channel
    two.channel.listener = null
    one.edit('a')
    two.edit('b')
    hub.deliver()
    expect(two.shapes()).toEqual(['b'])
    two.channel.listener = listener
    two.tabs.meet()
    hub.deliver()
    expect([one.shapes(), two.shapes()]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ])
  })

  test('[N2] what came from a tab or from the server is not posted again', () => {
    const { hub, openTab } = makeBrowser()
    const [one] = [openTab('one'), openTab('two'), openTab('three')]
    hub.posted = 0
    one.edit('a')
    hub.deliver()
    expect(hub.posted).toBe(1)
    const socket = goLive(one)
    hub.deliver()
    hub.posted = 0
    const other = new Doc()
    other.getMap('shapes').set('theirs', 1)
    socket.say({ type: 'update', update: encodeStateAsUpdate(other) })
    hub.deliver()
    expect([hub.posted, one.shapes()]).toEqual([0, ['a', 'theirs']])
  })

  test('[N2] a tab that opens among many causes a few messages and then silence', () => {
    const { hub, openTab } = makeBrowser()
    for (let count = 0; count < 5; count++) openTab(`tab ${count}`).edit()
    hub.deliver()
    hub.posted = 0
    openTab('new').pass()
    expect(hub.posted).toBeLessThan(5 * 3 + 4)
  })

  test('[N3] an error of a listener, or bytes that are no message, break nothing', () => {
    const { hub, openTab } = makeBrowser()
    const [one, two] = [openTab('one'), openTab('two')]
    const stranger = hub.join()
    for (const bytes of [[], [99], [0, 200], [3, 2, 1]]) stranger.post(new Uint8Array(bytes))
    hub.deliver()
    stranger.post(new Uint8Array([2, 3, 1, 9, 9]))
    hub.deliver()
    expect(() => two.pass()).toThrow(/array|end/i)
    one.edit('a')
    hub.deliver()
    expect(two.shapes()).toEqual(['a'])
    expect(decodeTabMessage(new Uint8Array([99]))).toBeNull()
  })
})

describe('what other tabs wrote, towards the server', () => {
  /** Two tabs, of which the second is live; the first has written `a`. */
  function heldOne() {
    const { hub, openTab } = makeBrowser()
    const [one, two] = [openTab('one'), openTab('two')]
    const socket = goLive(two)
    const updates: Uint8Array[] = []
    one.doc.on('update', (update: Uint8Array) => updates.push(update))
    one.edit('a')
    hub.deliver()
    return { hub, openTab, one, two, socket, update: updates[0]! }
  }

  test('[N4] is not called saved, nor sent, while the server is expected to bring it', () => {
    const { two, socket, update } = heldOne()
    expect(two.client.save).toEqual({ name: 'saving', changes: 1 })
    two.pass(1_900)
    expect(socket.take('update')).toEqual([])
    socket.say({ type: 'update', update })
    expect(two.client.save).toEqual({ name: 'saved' })
    two.pass(3_000)
    expect(socket.take('update')).toEqual([])
  })

  test('[N4] the server may bring it in pieces and among other things, deletions too', () => {
    const { hub, one, two, socket, update } = heldOne()
    one.doc.getMap('shapes').delete('a')
    one.doc.getText('t').insert(0, 'hello')
    hub.deliver()
    expect(two.client.save).toMatchObject({ changes: 3 })
    const deletion = encodeStateAsUpdate(one.doc)
    socket.say({ type: 'update', update })
    expect(two.client.save).toMatchObject({ changes: 2 })
    const other = new Doc()
    other.getMap('shapes').set('theirs', 1)
    socket.say({ type: 'part', update: encodeStateAsUpdate(other) })
    expect(two.client.save).toMatchObject({ changes: 2 })
    socket.say({ type: 'part', update: mergeUpdates([deletion, encodeStateAsUpdate(other)]) })
    expect(two.client.save).toEqual({ name: 'saved' })
  })

  test('[N4] what stands on something this tab lacks counts too, also a deletion', () => {
    for (const isLive of [true, false]) {
      const { hub, openTab } = makeBrowser()
      const two = openTab('two')
      const socket = isLive ? goLive(two) : null
      const stranger = hub.join()
      const other = new Doc()
      const updates: Uint8Array[] = []
      other.on('update', (update: Uint8Array) => updates.push(update))
      other.getMap('shapes').set('a', 1)
      other.getMap('shapes').delete('a')
      stranger.post(encodeTabMessage({ type: 'update', update: updates[1]! }))
      hub.deliver()
      expect(two.client.save).toMatchObject({ name: isLive ? 'saving' : 'local', changes: 1 })
      socket?.say({ type: 'update', update: updates[0]! })
      expect(two.client.save.name).toBe(isLive ? 'saving' : 'local')
      socket?.say({ type: 'update', update: updates[1]! })
      expect(two.client.save.name).toBe(isLive ? 'saved' : 'local')
    }
  })

  test('[N4] what the server does not bring in 2 s is a change of this tab, and signed by it', () => {
    const { two, socket, update } = heldOne()
    two.pass(2_000)
    two.pass()
    const [sent] = socket.take('update')
    const doc = new Doc()
    applyUpdate(doc, sent!.update)
    expect([...doc.getMap('shapes').keys()]).toEqual(['a'])
    // The other tab may send the very same bytes; neither may take the other's echo for its own.
    expect(sent!.update).not.toEqual(update)
    socket.say({ type: 'update', update })
    expect(two.client.save).toEqual({ name: 'saving', changes: 1 })
    socket.say({ type: 'known' })
    expect(two.client.save).toEqual({ name: 'saved' })
  })

  test('[N4] on a line that is not there yet it is a change at once', () => {
    const { hub, openTab } = makeBrowser()
    const [one, two] = [openTab('one'), openTab('two')]
    one.edit('a')
    hub.deliver()
    expect(two.client.save).toMatchObject({ name: 'local', changes: 1 })
    two.client.connect()
    two.socket().accept()
    two.socket().say({ type: 'pong', nonce: 1 })
    two.socket().say({ type: 'step1', stateVector: EMPTY_VECTOR })
    const [answer] = two.socket().take('step2')
    two.socket().say({ type: 'step2', update: EMPTY_UPDATE })
    expect(two.client.save).toMatchObject({ name: 'saving' })
    two.socket().say({ type: 'update', update: answer!.update })
    expect(two.client.save).toEqual({ name: 'saved' })
  })

  test('[N4] what is held when the line ends, or is answered anew, is not forgotten', () => {
    const { two, socket, one, hub } = heldOne()
    socket.drop()
    expect(two.client.save).toMatchObject({ name: 'local', changes: 1 })
    two.pass(100)
    two.goLive()
    expect(two.client.save).toMatchObject({ name: 'saving', changes: 1 })
    two.socket().say({ type: 'known' })
    expect(two.client.save).toEqual({ name: 'saved' })
    one.edit('b')
    hub.deliver()
    two.socket().sent.length = 0
    two.socket().say({ type: 'step1', stateVector: EMPTY_VECTOR })
    expect(two.client.save).toMatchObject({ name: 'saving', changes: 1 })
    two.socket().say({ type: 'known' })
    expect(two.client.save).toEqual({ name: 'saved' })
  })

  test('[N4] two tabs that come back with the same changes send different bytes', () => {
    const { hub, openTab } = makeBrowser()
    const [one, two] = [openTab('one'), openTab('two')]
    one.edit('a')
    hub.deliver()
    two.edit('b')
    hub.deliver()
    const answers = [one, two].map((tab) => {
      tab.client.connect()
      tab.socket().accept()
      tab.socket().say({ type: 'step1', stateVector: EMPTY_VECTOR })
      return tab.socket().take('step2')[0]!.update
    })
    expect(answers[0]).not.toEqual(answers[1])
    for (const answer of answers) {
      const doc = new Doc()
      applyUpdate(doc, answer)
      expect([...doc.getMap('shapes').keys()].toSorted()).toEqual(['a', 'b'])
      expect(authorsOf(answer)).toEqual(authorsOf(answer).toSorted((x, y) => y - x))
    }
  })
})

describe('presence', () => {
  test('[N5] tabs see each other without a server, each under its own id', () => {
    const { openTab } = makeBrowser()
    const [one, two] = [openTab('one'), openTab('two')]
    one.pass()
    two.pass()
    two.awareness.setLocalState({ name: 'moved' })
    two.pass()
    expect([one.names(), two.names()]).toEqual([
      ['moved', 'one'],
      ['moved', 'one'],
    ])
  })

  test('[N5] a tab that closes takes its own presence only', () => {
    const { openTab } = makeBrowser()
    const [one, two, three] = [openTab('one'), openTab('two'), openTab('three')]
    for (const tab of [one, two, three]) tab.pass()
    two.tabs.stop()
    one.pass()
    expect([one.names(), three.names()]).toEqual([
      ['one', 'three'],
      ['one', 'three'],
    ])
    expect([one.tabs.size, three.tabs.size]).toEqual([1, 1])
  })

  test('[N5] a tab that left for a sleep comes back with meet()', () => {
    const { openTab } = makeBrowser()
    const [one, two] = [openTab('one'), openTab('two')]
    one.pass()
    two.tabs.leave()
    two.pass()
    expect(one.names()).toEqual(['one'])
    two.tabs.meet()
    two.pass()
    expect(one.names()).toEqual(['one', 'two'])
  })

  test('[N6] the end of a line removes those only the server knew', () => {
    const { openTab } = makeBrowser()
    const [one, two] = [openTab('one'), openTab('two')]
    two.pass()
    const socket = goLive(one)
    const far = new Awareness(new Doc())
    far.setLocalState({ name: 'far' })
    socket.say({ type: 'awareness', bytes: encodeAwarenessUpdate(far, [far.clientID]) })
    expect(one.names()).toEqual(['far', 'one', 'two'])
    socket.drop()
    expect(one.names()).toEqual(['one', 'two'])
  })

  test('[N6] a tab whose line the server lost is asked, and stays', () => {
    const { hub, openTab } = makeBrowser()
    const [one, two] = [openTab('one'), openTab('two')]
    two.pass()
    const socket = goLive(one)
    const { clientID } = two.awareness
    const gone = encodeAwarenessUpdate(one.awareness, [clientID], new Map())
    socket.say({ type: 'awareness', bytes: gone })
    expect(one.names()).toEqual(['one'])
    hub.deliver()
    two.pass()
    expect(one.names()).toEqual(['one', 'two'])
  })

  test('[N6] nobody is twice there who is heard both ways', () => {
    const { openTab } = makeBrowser()
    const [one, two] = [openTab('one'), openTab('two')]
    const socket = goLive(one)
    two.pass()
    const { clientID } = two.awareness
    socket.say({ type: 'awareness', bytes: encodeAwarenessUpdate(two.awareness, [clientID]) })
    expect(one.names()).toEqual(['one', 'two'])
    // Nor is the other tab's presence said for it.
    one.pass()
    const said = socket.take('awareness').map(({ bytes }) => bytes)
    for (const bytes of said) expect(idsIn(bytes)).toEqual([one.awareness.clientID])
  })
})

/** The authors of an update in the order they stand. */
function authorsOf(update: Uint8Array): number[] {
  const decoder = decoding.createDecoder(update)
  const [, , first] = [1, 2, 3].map(() => decoding.readVarUint(decoder))
  const rest = decodeUpdate(update).structs.map(({ id }) => id.client)
  return [...new Set([first!, ...rest])]
}

/** Who an awareness message speaks for. */
function idsIn(bytes: Uint8Array): number[] {
  return (decodeAwarenessEntries(bytes) ?? []).map(({ clientId }) => clientId)
}
