/** Boards for tests: fixed chance, short makers, and the laws that any board must keep. */
import { seededRandom } from '@kolam/base'
import { SpatialIndex, type Box } from '@kolam/geometry'
import { expect } from 'vitest'
import * as Y from 'yjs'
import { Board, FIRST_PAGE, type NewShape, type Shape, type ShapeId } from '../index.ts'
import { shapesOf } from '../document.ts'

/** Seeds to try: the one in SEED, or `count` of them. */
export function seeds(count: number): number[] {
  const seed = seedFromEnvironment()
  return seed === undefined ? Array.from({ length: count }, (_, i) => i + 1) : [seed]
}

/** A board on a new document, always with the same chance and client number. */
export function newBoard(seed = 1): Board {
  const doc = new Y.Doc()
  doc.clientID = seed
  return new Board(doc, { random: seededRandom(seed) })
}

/** A board on a copy of another's document. */
export function copyOf(board: Board, seed = 2): Board {
  const copy = newBoard(seed)
  send(board, copy)
  return copy
}

/** Give `to` everything `from` has. */
export function send(from: Board, to: Board): void {
  const update = Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc))
  Y.applyUpdate(to.doc, update, 'network')
}

/** Give everybody everything. */
export function meet(...boards: readonly Board[]): void {
  for (const from of boards) for (const to of boards) if (from !== to) send(from, to)
  for (const from of boards) for (const to of boards) if (from !== to) send(from, to)
}

/** A filled rectangle by its box. */
export function rectangle(id: ShapeId, box: readonly number[], more: object = {}): NewShape {
  const [x = 0, y = 0, w = 100, h = 100] = box
  return { kind: 'rectangle', id, at: [FIRST_PAGE, x, y], w, h, fill: '#ffffff', ...more }
}

/** An arrow by its points, at the origin of the page. */
export function arrow(
  id: ShapeId,
  points: readonly [number, number][],
  more: object = {},
): NewShape {
  return { kind: 'arrow', id, at: [FIRST_PAGE, 0, 0], points, ...more }
}

/** The keys a shape has in the document. */
export function keysOf(board: Board, id: ShapeId): string[] {
  return [...mapOf(board, id).keys()].toSorted()
}

/** The map of a shape that must be there. */
export function mapOf(board: Board, id: ShapeId): Y.Map<unknown> {
  const map = shapesOf(board.doc).get(id)
  if (!(map instanceof Y.Map)) throw new Error(`Cannot find shape "${id}"`)
  return map
}

/** Put anything at all under a key of a shape, as somebody else's program may. */
export function writeRaw(board: Board, id: ShapeId, entries: Record<string, unknown>): void {
  const shapes = shapesOf(board.doc)
  board.doc.transact(() => {
    if (!shapes.has(id)) shapes.set(id, new Y.Map())
    for (const [key, value] of Object.entries(entries)) mapOf(board, id).set(key, value)
  }, 'raw')
}

/** All shapes by id, in a form that can be compared. */
export function dump(board: Board): Record<ShapeId, Shape> {
  const shapes = Array.from(board.shapes(), (shape) => [shape.id, { ...shape }] as const)
  return Object.fromEntries(shapes.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Everything the board derives equals what a new board derives, and the index equals a plain search. */
export function expectSound(board: Board, probes: readonly Box[] = []): void {
  const fresh = new Board(board.doc, { random: seededRandom(1) })
  expect(dump(board)).toEqual(dump(fresh))
  expect(ids(board.ordered())).toEqual(ids(fresh.ordered()))
  for (const { id } of board.shapes()) {
    expect([id, board.parentOf(id)]).toEqual([id, fresh.parentOf(id)])
    expect([id, ids(board.children(id))]).toEqual([id, ids(fresh.children(id))])
    expect([id, ...board.pageTransform(id)]).toEqual([id, ...fresh.pageTransform(id)])
    expect([id, board.pageBounds(id)]).toEqual([id, fresh.pageBounds(id)])
  }
  expect(board.contentBounds()).toEqual(fresh.contentBounds())
  for (const probe of probes) expect(board.search(probe).toSorted()).toEqual(searched(board, probe))
  fresh.dispose()
}

/** One-letter names, from a word. */
export function letters(word: string): string[] {
  return word.split('')
}

/** The ids, in their order. */
export function ids(shapes: Iterable<Shape>): ShapeId[] {
  return Array.from(shapes, ({ id }) => id)
}

/** What `search` must give, found by looking at everything on the first page. */
function searched(board: Board, probe: Box): ShapeId[] {
  const plain = new SpatialIndex<ShapeId>()
  for (const { id } of board.ordered()) plain.set(id, board.pageBounds(id))
  const found = ids(board.ordered()).filter((id) => {
    const { x, y, w, h } = board.pageBounds(id)
    return x <= probe.x + probe.w && x + w >= probe.x && y <= probe.y + probe.h && y + h >= probe.y
  })
  expect(plain.search(probe).toSorted()).toEqual(found.toSorted())
  return found.toSorted()
}

function seedFromEnvironment(): number | undefined {
  const { process } = globalThis as { process?: { env: Record<string, string | undefined> } }
  const seed = process?.env['SEED']
  return seed === undefined || seed === '' ? undefined : Number(seed)
}
