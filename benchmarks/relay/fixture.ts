/** The large board: built once with Yjs, kept as bytes. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as Y from 'yjs'

/** One client made it; its id has as many bytes as most. */
const CLIENT = 2_654_435_761
const SHAPES_AT_ONCE = 100

/** The file with a board of so many shapes. */
export function fixtureFile(folder: string, shapes: number): string {
  const file = path.join(folder, `board-${shapes}.bin`)
  mkdirSync(folder, { recursive: true })
  if (!existsSync(file)) writeFileSync(file, buildBoard(shapes))
  return file
}

export function fixtureBytes(file: string): number {
  return readFileSync(file).length
}

function buildBoard(shapes: number): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = CLIENT
  const board = doc.getMap<Y.Map<unknown>>('shapes')
  for (let first = 0; first < shapes; first += SHAPES_AT_ONCE) {
    doc.transact(() => {
      for (let index = first; index < Math.min(first + SHAPES_AT_ONCE, shapes); index++) {
        board.set(idOf(index), shapeOf(index))
      }
    })
  }
  return Y.encodeStateAsUpdate(doc)
}

function shapeOf(index: number): Y.Map<unknown> {
  const column = index % 200
  const init = {
    kind: ['rectangle', 'ellipse', 'sticky', 'text'][index % 4],
    index: `a${index.toString(36).padStart(5, '0')}`,
    at: ['kAbQ3mX0Vn7LhZ2uYpW8dg', column * 180.5, ((index - column) / 200) * 120.25],
    w: 160,
    h: 90,
    fill: 'blue',
    text: `Thought ${index}`,
  }
  return new Y.Map<unknown>([['init', JSON.stringify(init)]])
}

/** As long as an id of 128 bits, and the same in every run. */
function idOf(index: number): string {
  return `${(Math.imul(index + 1, 2_654_435_761) >>> 0).toString(36).padStart(7, '0')}${index.toString(36).padStart(15, 'x')}`
}
