/** A client on a bench: manual time, sockets held by the test, and a log of everything it told. */

import { ManualClock } from '@kolam/base'
import { Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs'
import { Client, type ClientOptions } from '../client.ts'
import type { ConnectionState, SaveState } from '../state.ts'
import { TestSocket } from './socket-pair.ts'

/** An empty document's state vector. */
export const EMPTY_VECTOR = encodeStateVector(new Doc())
/** An empty document's content. */
export const EMPTY_UPDATE = encodeStateAsUpdate(new Doc())

/** The client, what it stands on, and what it said. */
export interface Bench {
  readonly client: Client
  readonly doc: Doc
  readonly clock: ManualClock
  readonly sockets: TestSocket[]
  readonly states: ConnectionState[]
  readonly saves: SaveState[]
  /** The newest socket. */
  readonly socket: () => TestSocket
  /** One change of the document. */
  readonly edit: (key?: string) => void
  /** Accepts the newest socket, proves kolam.1 where it is spoken, and syncs with an empty server. */
  readonly goLive: (protocol?: string) => TestSocket
}

/** A client that has not connected yet. `random` is 1 unless given: every wait is the longest. */
export function makeBench(options: Partial<ClientOptions> = {}): Bench {
  const clock = new ManualClock(1_000_000)
  const doc = options.doc ?? new Doc()
  const sockets: TestSocket[] = []
  const client = new Client({
    url: 'ws://kolam.test/sync/board',
    clock,
    random: () => 1,
    openSocket: (_, protocols) => {
      const socket = new TestSocket(protocols)
      sockets.push(socket)
      return socket
    },
    ...options,
    doc,
  })
  const states: ConnectionState[] = []
  const saves: SaveState[] = []
  client.on('state', (state) => states.push(state))
  client.on('save', (save) => saves.push(save))
  const socket = () => {
    const newest = sockets.at(-1)
    if (!newest) throw new Error('The client has opened no socket')
    return newest
  }
  let edits = 0
  const edit = (key = `key ${edits}`) => {
    edits += 1
    doc.getMap('shapes').set(key, edits)
  }
  const goLive = (protocol = 'kolam.1') => {
    const line = socket()
    line.accept(protocol)
    if (protocol === 'kolam.1') line.say({ type: 'pong', nonce: 1 })
    line.say({ type: 'step1', stateVector: EMPTY_VECTOR })
    line.say({ type: 'step2', update: EMPTY_UPDATE })
    return line
  }
  return { client, doc, clock, sockets, states, saves, socket, edit, goLive }
}

/** A bench that is live, its handshake answered and forgotten. */
export function makeLiveBench(options: Partial<ClientOptions> = {}): Bench {
  const bench = makeBench(options)
  bench.client.connect()
  const socket = bench.goLive()
  socket.say({ type: 'known' })
  socket.sent.length = 0
  bench.states.length = bench.saves.length = 0
  return bench
}
