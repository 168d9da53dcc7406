/** Histories for tests: earlier states of a board, and two people who edit at random. */
import type { Random } from '@kolam/base'
import * as Y from 'yjs'
import type { Board, Shape, ShapeId } from '../index.ts'
import { shapesOf } from '../document.ts'
import { dump, ids, newBoard, send, writeRaw } from './boards.ts'
import { randomEdit } from './random-edits.ts'

/** The document as it is now, loaded from what would be stored. */
export function stateOf(board: Board): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(board.doc))
  return doc
}

/** Everything a board reads, in a form that can be compared: values, order, rich labels, strange keys. */
export function readingOf(board: Board): unknown {
  return {
    shapes: dump(board),
    order: ids(board.ordered()),
    labels: labelsOf(board),
    strange: strangeOf(board),
  }
}

/** The same without attributes of text: Yjs tidies those up for others, and undo cannot bring back that. */
export function plainReadingOf(board: Board): unknown {
  return {
    shapes: dump(board),
    order: ids(board.ordered()),
    strange: strangeOf(board),
  }
}

/** Whether a shape names a parent that is not there; back again, the parent holds it as if put in it. */
export function hasOrphans(board: Board): boolean {
  return Array.from(board.shapes()).some(
    ({ id, at: [parent] }) => !parent.startsWith('page:') && board.parentOf(id) !== parent,
  )
}

/** The shapes whose values, labels and strange keys differ between two readings. */
export function differing(a: Board, b: Board): ShapeId[] {
  const [one, two] = [partsOf(a), partsOf(b)]
  const all = new Set([...one.keys(), ...two.keys()])
  return [...all].filter((id) => one.get(id) !== two.get(id)).toSorted()
}

/** A random edit, or one that `randomEdit` does not know: rich text, title, keys from elsewhere. */
export function randomRichEdit(board: Board, random: Random): string {
  if (random() < 0.7) return randomEdit(board, random)
  const [name, edit] = RICH[Math.floor(random() * RICH.length)]!
  const shapes = [...board.shapes()]
  const shape = shapes[Math.floor(random() * shapes.length)]
  if (shape) edit(board, shape, random)
  return name
}

/** Two people who edit and now and then hear of each other. */
export class TwoPeople {
  readonly ada: Board
  readonly bob: Board
  readonly story: string[] = []
  readonly #random: Random

  constructor(seed: number, random: Random) {
    this.ada = newBoard(seed)
    this.bob = newBoard(seed + 1_000)
    this.#random = random
  }

  edit(count: number): void {
    for (let i = 0; i < count; i++) {
      const board = this.#random() < 0.5 ? this.ada : this.bob
      if (this.#random() < 0.3) board.undo.mark()
      const name = randomRichEdit(board, this.#random)
      this.story.push(`${board === this.ada ? 'ada' : 'bob'} ${name}`)
      if (this.#random() < 0.2) send(this.ada, this.bob)
      if (this.#random() < 0.2) send(this.bob, this.ada)
    }
  }
}

type RichEdit = (board: Board, shape: Shape, random: Random) => void

const RICH: readonly (readonly [string, RichEdit])[] = [
  [
    'format',
    (board, { id }, random) => {
      const label = board.label(id)!
      const edges = edgesOf(label)
      const [a = 0, b = 0] = [random(), random()].map((x) => edges[Math.floor(x * edges.length)])
      const bold = random() < 0.5 ? true : null
      board.transact(() => label.format(Math.min(a, b), Math.abs(a - b), { bold }))
    },
  ],
  [
    'embed',
    (board, { id }) => {
      const label = board.label(id)!
      board.transact(() => label.insertEmbed(label.length, { image: 'cat' }, { wide: true }))
    },
  ],
  ['smile', (board, { id }, random) => board.setText(id, random() < 0.5 ? '👋🏽 hi' : '👍 hi')],
  [
    'strange',
    (board, { id }, random) =>
      writeRaw(board, id, { strange: { deep: [random(), 1] }, bytes: Uint8Array.of(1, 2) }),
  ],
  [
    'foreign',
    (board, _, random) =>
      writeRaw(board, `odd${Math.floor(random() * 3)}`, {
        init: '{"kind":"sticky","glow":1,"text":"odd"}',
        glow: random(),
      }),
  ],
  ['title', (board, _, random) => board.setTitle(`Plan ${Math.floor(random() * 3)}`)],
]

/** Where a text may be cut without tearing a character. */
function edgesOf(label: Y.Text): number[] {
  const edges = [0]
  for (const { insert } of label.toDelta() as { insert: unknown }[]) {
    const pieces = typeof insert === 'string' ? Array.from(insert) : ['.']
    for (const { length } of pieces) edges.push(edges.at(-1)! + length)
  }
  return edges
}

function labelsOf(board: Board): Record<ShapeId, unknown> {
  return Object.fromEntries(mapsOf(board).map(([id, map]) => [id, labelPieces(board, id, map)]))
}

/** One entry for each character, since two equal texts may be cut into different ops. */
function labelPieces(board: Board, id: ShapeId, map: Y.Map<unknown>): unknown {
  const label = map.get('label')
  if (!(label instanceof Y.Text)) return Array.from(board.shape(id)?.text ?? '', (char) => [char])
  const ops = label.toDelta() as { insert: unknown; attributes?: unknown }[]
  return ops.flatMap(({ insert, attributes }) => {
    const pieces = typeof insert === 'string' ? Array.from(insert) : [insert]
    return pieces.map((piece) => (attributes === undefined ? [piece] : [piece, attributes]))
  })
}

function strangeOf(board: Board): Record<ShapeId, unknown> {
  return Object.fromEntries(
    mapsOf(board).map(([id, map]) => [id, [map.get('strange'), map.get('bytes'), map.get('glow')]]),
  )
}

function mapsOf(board: Board): [ShapeId, Y.Map<unknown>][] {
  return [...shapesOf(board.doc).entries()]
    .filter((entry): entry is [ShapeId, Y.Map<unknown>] => entry[1] instanceof Y.Map)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
}

function partsOf(board: Board): Map<ShapeId, string> {
  const [labels, strange] = [labelsOf(board), strangeOf(board)]
  return new Map(
    Array.from(board.shapes(), (shape) => [
      shape.id,
      JSON.stringify([shape, labels[shape.id], strange[shape.id]]),
    ]),
  )
}
