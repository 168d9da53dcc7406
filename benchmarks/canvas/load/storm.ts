/**
 * Other people on a board, each with a socket of its own: all of them move their pointers and a shape near the middle, so
 * many times a second. Run by `parts/storm.ts`; says `ready` when all are there, and answers `stop` with what it did.
 */
import { STORM } from '../config.ts'
import { board, client, protocol, yjs } from '../kolam.ts'
import { Connection, type ConnectionEvents } from '../../relay/load/connection.ts'
import { clientFrame } from '../../relay/load/client-frame.ts'
import type { Board, Shape } from '../../../packages/board/src/index.ts'
import type { Point } from '../scenes/elements.ts'

const [url = '', id = '', middleX = '0', middleY = '0'] = process.argv.slice(2)
const { encodeAwarenessEntries, encodeMessage } = await protocol()
const { connectClient } = await client()
const { encodeStateVector } = await yjs()
const { Board: BoardOf } = await board()

const guest = await connectClient(url, id)
const { doc } = guest
await guest.close()
const own: Board = new BoardOf(doc)
const stateVector = encodeStateVector(doc)
let lastUpdate: Uint8Array = new Uint8Array()
doc.on('update', (update: Uint8Array) => (lastUpdate = update))

/** How far people and shapes go around where they began. */
const REACH = 60
/** Clients of a document are told apart by numbers; these are nobody else's. */
const FIRST_CLIENT = 3_000_000_000

class Person implements ConnectionEvents {
  readonly ready: Promise<void>
  readonly #number: number
  readonly #shape: Shape
  readonly #connection: Connection
  #resolve: () => void = () => {}
  #clock = 0

  constructor(number: number, shape: Shape) {
    this.#number = number
    this.#shape = shape
    this.ready = new Promise((resolve) => (this.#resolve = resolve))
    this.#connection = new Connection(Number(new URL(url).port), `/sync/${id}`, this)
  }

  open(): void {
    this.#connection.send(encodeMessage({ type: 'step1', stateVector }))
    this.#resolve()
  }

  closed(reason: string): void {
    process.stderr.write(`somebody left: ${reason}\n`)
  }

  /** What others do is nothing to those who only write. */
  message(): void {}

  large(): { piece(): void; done(): void } {
    return { piece: () => {}, done: () => {} }
  }

  move(): void {
    const turn = ++this.#clock / STORM.perSecond + this.#number
    const [dx, dy] = [Math.cos(turn) * REACH, Math.sin(turn) * REACH]
    const { id: shape, at } = this.#shape
    doc.clientID = FIRST_CLIENT + this.#number
    own.update([[shape, { at: [at[0], at[1] + dx, at[2] + dy] }]])
    const frames = [
      clientFrame(encodeMessage({ type: 'update', update: lastUpdate })),
      clientFrame(
        encodeMessage({ type: 'awareness', bytes: this.#presence(at[1] + dy, at[2] + dx) }),
      ),
    ]
    this.#connection.write(Buffer.concat(frames))
  }

  #presence(x: number, y: number): Uint8Array {
    const person = { name: `Person ${this.#number}`, color: '#1971c2' }
    const state = JSON.stringify({ person, cursor: { x, y }, selection: [] })
    return encodeAwarenessEntries([
      { clientId: FIRST_CLIENT + this.#number, clock: this.#clock, state },
    ])
  }
}

const people = nearMiddle([Number(middleX), Number(middleY)]).map(
  (shape, number) => new Person(number, shape),
)
await Promise.all(people.map(({ ready }) => ready))

const everyMs = 1000 / STORM.perSecond / people.length
const start = performance.now()
let [turn, moves] = [0, 0]
setInterval(() => {
  const due = Math.floor((performance.now() - start) / everyMs)
  // Turns that were missed are left out: a burst of them is nothing that people do.
  turn = Math.max(turn, due - people.length)
  for (; turn < due; turn++, moves++) people[turn % people.length]?.move()
}, 1)
process.send?.('ready')
process.on('message', () => {
  process.send?.({ movesPerSecond: (moves / (performance.now() - start)) * 1000 })
  process.exit(0)
})

/** As many shapes as there are people. */
function nearMiddle([x, y]: Point): Shape[] {
  const distance = ({ at }: Shape): number => Math.hypot(at[1] - x, at[2] - y)
  const shapes = [...own.shapes()].filter(({ kind }) => kind === 'rectangle')
  return shapes.sort((a, b) => distance(a) - distance(b)).slice(0, STORM.people)
}
