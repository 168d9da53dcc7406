/** What people do on a board. Each edit is one transaction, and says what it made and removed. */
import type { Random } from '@kolam/base'
import * as Y from 'yjs'
import { between, pick, type Weighted } from './chance.ts'
import { shapesOf, textOf, wordsOf } from './content.ts'
import type { Deed } from './facts.ts'

/** What an edit stands on. */
export interface EditPorts {
  readonly random: Random
  /** A name nobody has used. */
  readonly newName: () => string
}

/** What an edit does. */
export type Change = (doc: Y.Doc, ports: EditPorts) => Deed

/** One kind of edit. */
export interface Edit extends Weighted {
  readonly name: string
  /** How often it is done many times at once. */
  readonly haste: number
  readonly run: Change
}

/** A board that holds more loses something instead, so that a long run stays as light as a short one. */
const SHAPES_MAX = 120
const WORDS_MAX = 150

/** Pictures in a text field, long legends: what does not fit in one packet. */
const PASTE_BYTES = [50_000, 250_000] as const

const NOTHING: Deed = { makes: [], removes: [] }

export const EDITS: readonly Edit[] = [
  { name: 'move', weight: 35, haste: 0.2, run: move },
  { name: 'draw', weight: 14, haste: 0.05, run: draw },
  { name: 'erase', weight: 11, haste: 0.05, run: erase },
  { name: 'label', weight: 10, haste: 0.2, run: label },
  { name: 'write', weight: 18, haste: 0.1, run: write },
  { name: 'strike', weight: 12, haste: 0.1, run: strike },
  { name: 'paste', weight: 0.4, haste: 0.1, run: paste },
]

function draw(doc: Y.Doc, ports: EditPorts): Deed {
  return shapesOf(doc).size < SHAPES_MAX ? addShape(doc, ports) : erase(doc, ports)
}

export function paste(doc: Y.Doc, ports: EditPorts): Deed {
  const bytes = Math.floor(between(ports.random, ...PASTE_BYTES))
  return addShape(doc, ports, { pasted: 'kolam '.repeat(bytes / 6) })
}

function addShape(doc: Y.Doc, { random, newName }: EditPorts, props: object = {}): Deed {
  const name = newName()
  const init = JSON.stringify({ kind: 'rectangle', w: Math.floor(random() * 300), h: 90, ...props })
  doc.transact(() => shapesOf(doc).set(name, new Y.Map<unknown>([['init', init]])))
  return { makes: [name], removes: [] }
}

function move(doc: Y.Doc, { random }: EditPorts): Deed {
  const shape = pick(random, [...shapesOf(doc).values()])
  doc.transact(() => {
    shape?.set('x', Math.floor(random() * 1_000))
    shape?.set('y', Math.floor(random() * 1_000))
  })
  return NOTHING
}

function label(doc: Y.Doc, { random }: EditPorts): Deed {
  const shape = pick(random, [...shapesOf(doc).values()])
  if (!shape) return NOTHING
  doc.transact(() => {
    const text = shape.get('text')
    if (!(text instanceof Y.Text)) return void shape.set('text', new Y.Text('label'))
    const at = Math.floor(random() * text.length)
    if (text.length > 30) text.delete(at, Math.min(10, text.length - at))
    else text.insert(at, 'abc', { bold: random() < 0.5 })
  })
  return NOTHING
}

/** What was pasted goes first. */
export function erase(doc: Y.Doc, { random }: EditPorts): Deed {
  const shapes = [...shapesOf(doc)]
  const pasted = shapes.find(([, shape]) => String(shape.get('init')).length > 1_000)
  const [name] = pasted ?? pick(random, shapes) ?? []
  if (name === undefined) return NOTHING
  doc.transact(() => shapesOf(doc).delete(name))
  return { makes: [], removes: [name] }
}

/** Between two words, or the place where two people write at the same time would be inside one. */
function write(doc: Y.Doc, ports: EditPorts): Deed {
  const words = wordsOf(doc)
  if (words.length >= WORDS_MAX) return strike(doc, ports)
  const before = Math.floor(ports.random() * (words.length + 1))
  const name = ports.newName()
  doc.transact(() => textOf(doc).insert(placeOf(words, before), `${name} `))
  return { makes: [name], removes: [] }
}

function strike(doc: Y.Doc, { random }: EditPorts): Deed {
  const words = wordsOf(doc)
  const index = Math.floor(random() * words.length)
  const name = words[index]
  if (name === undefined) return NOTHING
  doc.transact(() => textOf(doc).delete(placeOf(words, index), name.length + 1))
  return { makes: [], removes: [name] }
}

/** Where in the text the word with that index begins. */
function placeOf(words: readonly string[], index: number): number {
  return words.slice(0, index).reduce((sum, word) => sum + word.length + 1, 0)
}
