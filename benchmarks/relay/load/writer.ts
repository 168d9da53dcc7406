/**
 * Somebody who drags a shape and moves a cursor: real Yjs transactions and real presence, made before the clock runs
 * and only written while it does. Remembers when each was sent.
 */
import * as Y from 'yjs'
import { clientFrame } from './client-frame.ts'
import type { Wire } from './wire.ts'

/** The first cursor is newer than everything said while joining. */
const FIRST_CURSOR_CLOCK = 100
const PAGE = 'kAbQ3mX0Vn7LhZ2uYpW8dg'

/** What a writer is made of. */
export interface WriterOptions {
  readonly client: number
  readonly name: string
  readonly wire: Wire
  readonly moves: number
  readonly cursors: number
  readonly moveBytes: number
}

/** One writer. Each move is one clock of its client. */
export class Writer {
  readonly client: number
  /** The update that brings the shape. */
  readonly birth: Buffer
  /** When the struct with this clock was written, by clock. */
  readonly sentAt: Float64Array
  readonly #moves: readonly Buffer[]
  readonly #cursors: readonly Buffer[]
  readonly #birthClocks: number
  #isBorn = false
  #movesSent = 0
  #cursorsSent = 0

  constructor(options: WriterOptions) {
    const updates = editsOf(options)
    this.client = options.client
    this.birth = clientFrame(options.wire.update(updates.birth))
    this.#birthClocks = updates.birthClocks
    this.#moves = updates.moves.map((update) => clientFrame(options.wire.update(update)))
    this.#cursors = Array.from({ length: options.cursors }, (_, index) =>
      cursorFrame(options, index),
    )
    this.sentAt = new Float64Array(this.#birthClocks + options.moves)
  }

  /** How many clocks were sent: what everybody must have in the end. */
  get clocks(): number {
    return this.#isBorn ? this.#birthClocks + this.#movesSent : 0
  }

  /** The newest cursor that was sent; 0 before the first one. */
  get cursorClock(): number {
    return this.#cursorsSent === 0 ? 0 : FIRST_CURSOR_CLOCK + this.#cursorsSent - 1
  }

  giveBirth(): Buffer {
    this.#isBorn = true
    this.sentAt.fill(performance.now(), 0, this.#birthClocks)
    return this.birth
  }

  nextMove(): Buffer {
    const frame = this.#moves[this.#movesSent]
    if (!frame) throw new Error('More moves were asked for than were made')
    this.sentAt[this.#birthClocks + this.#movesSent] = performance.now()
    this.#movesSent += 1
    return frame
  }

  nextCursor(): Buffer {
    const frame = this.#cursors[this.#cursorsSent]
    if (!frame) throw new Error('More cursors were asked for than were made')
    this.#cursorsSent += 1
    return frame
  }
}

interface Edits {
  readonly birth: Uint8Array
  readonly birthClocks: number
  readonly moves: readonly Uint8Array[]
}

/** Drags a shape around in a document of its own and keeps the updates. */
function editsOf({ client, moves, moveBytes }: WriterOptions): Edits {
  const doc = new Y.Doc()
  doc.clientID = client
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const shape = new Y.Map<unknown>()
  doc.transact(() => {
    shape.set('init', initOf(client))
    doc.getMap('shapes').set(`shape-${client.toString(36)}`, shape)
  })
  const birthClocks = Y.getState(doc.store, client)
  for (let index = 0; index < moves; index++) {
    if (moveBytes === 0) shape.set('at', [PAGE, 100 + index * 1.5, 200 + (index % 97) * 2.25])
    else shape.set('ink', strokeOf(index, moveBytes))
  }
  const [birth, ...others] = updates
  if (!birth || others.length !== moves) throw new Error('Each move must be one update')
  doc.destroy()
  return { birth, birthClocks, moves: others }
}

function initOf(client: number): string {
  return JSON.stringify({
    kind: 'rectangle',
    index: `a${client.toString(36)}`,
    at: [PAGE, 100, 200],
    w: 160,
    h: 90,
    fill: 'blue',
  })
}

/** Bytes that do not repeat. */
function strokeOf(index: number, bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, at) => (index * 31 + at * at * 7) & 0xff)
}

function cursorFrame({ client, name, wire }: WriterOptions, index: number): Buffer {
  const cursor = { x: 100 + index * 1.5, y: 200 + (index % 97) * 2.25 }
  return clientFrame(wire.awareness(client, FIRST_CURSOR_CLOCK + index, stateOf(name, cursor)))
}

/** A presence state as whiteboards have it. */
export function stateOf(name: string, cursor: { x: number; y: number } | null): string {
  return JSON.stringify({ user: { name, color: '#30bced' }, cursor })
}
