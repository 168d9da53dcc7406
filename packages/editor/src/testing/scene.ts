/** A board on a document, an editor on the board, and a clock that stands still: what a test begins with. */
import { ManualClock, seededRandom } from '@kolam/base'
import { Board, type NewShape, type Shape, type ShapeId, type TextMeasurer } from '@kolam/board'
import * as Y from 'yjs'
import { Editor } from '../editor.ts'
import { Driver } from './drive.ts'

/** Every letter is half as wide as it is high. */
export const measurer: TextMeasurer = {
  measure(text, { fontSize, lineHeight }, wrapAt) {
    const lines = text.split('\n').flatMap((line) => wrapped(line, { fontSize, wrapAt }))
    const w = Math.max(...lines.map((line) => (line.length * fontSize) / 2))
    return { w, h: lines.length * fontSize * lineHeight, lines }
  },
}

export interface Scene {
  readonly doc: Y.Doc
  readonly board: Board
  readonly clock: ManualClock
  readonly editor: Editor
  readonly hand: Driver
  /** How many updates the document has emitted. */
  readonly updates: () => number
  /** The props of a shape that tests look at. */
  readonly get: (id: ShapeId) => Shape
  /** All shapes as plain JSON, in paint order. */
  readonly json: () => string
  /** The only shape that `ids` does not name. */
  readonly newest: (ids?: Iterable<ShapeId>) => Shape
}

export function scene(shapes: readonly NewShape[] = [], doc = new Y.Doc(), seed = 1): Scene {
  const random = seededRandom(seed)
  const clock = new ManualClock(1_000_000)
  const before = new Board(doc, { random }) // Not the board under test: what is there is nothing to undo.
  before.insert(shapes)
  before.dispose()
  const board = new Board(doc, { random })
  const editor = new Editor({ board, clock, random, measurer })
  let updates = 0
  doc.on('update', () => updates++)
  return {
    doc,
    board,
    clock,
    editor,
    hand: new Driver(editor),
    updates: () => updates,
    get: (id) => shapeOf(board, id),
    json: () => JSON.stringify(board.ordered()),
    newest: (ids = []) => {
      const known = new Set(ids)
      const [found] = [...board.shapes()].filter((shape) => !known.has(shape.id))
      if (!found) throw new Error('There is no new shape')
      return found
    },
  }
}

/** A filled rectangle, so that its inside can be clicked. */
export function box(id: string, x: number, y: number, more: Partial<NewShape> = {}): NewShape {
  return { kind: 'rectangle', id, at: ['page:1', x, y], w: 100, h: 100, fill: '#ffffff', ...more }
}

/** Keep the other document up to date with every change of each, at once. */
export function link(a: Y.Doc, b: Y.Doc): void {
  a.on(
    'update',
    (update: Uint8Array, origin: unknown) => origin !== 'link' && Y.applyUpdate(b, update, 'link'),
  )
  b.on(
    'update',
    (update: Uint8Array, origin: unknown) => origin !== 'link' && Y.applyUpdate(a, update, 'link'),
  )
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a), 'link')
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b), 'link')
}

function shapeOf(board: Board, id: ShapeId): Shape {
  const shape = board.shape(id)
  if (!shape) throw new Error(`There is no shape "${id}"`)
  return shape
}

function wrapped(
  line: string,
  { fontSize, wrapAt }: { fontSize: number; wrapAt: number | null },
): string[] {
  if (wrapAt === null) return [line]
  const perLine = Math.max(1, Math.floor((wrapAt * 2) / fontSize))
  const lines: string[] = []
  for (let at = 0; at === 0 || at < line.length; at += perLine)
    lines.push(line.slice(at, at + perLine))
  return lines
}
