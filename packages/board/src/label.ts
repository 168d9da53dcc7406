/**
 * The label of a shape as a Y.Text, made when it is first edited.
 *
 * Two people who start typing at the same moment must end with one Y.Text holding both their words,
 * not with the later one. So the first edit is written *as if by a third person* whose number is a
 * hash of the shape: everybody who makes the label makes the very same operation, byte for byte, and
 * the second copy to arrive is recognised as known. The hash covers the operation that made the shape,
 * since a shape brought back by undo is another place in the document under the same id.
 */
import { simpleDiffString } from 'lib0/diff'
import * as Y from 'yjs'
import { LABEL, labelOf, type ShapeMap } from './document.ts'
import { TEXT_MAX } from './limits.ts'
import { birthText } from './shape-codec.ts'

/** Origin of the transaction that makes a label: nobody's, so that no undo takes it back. */
const NOBODY = Object.freeze({ name: 'label' })

/** The label of the shape in `map`, made from the text it was born with if there is none yet. */
export function ensureLabel(map: ShapeMap): Y.Text {
  const { doc } = map
  if (doc === null) throw new TypeError('Cannot label a shape that is in no document')
  return labelOf(map) ?? doc.transact(() => createLabel(doc, map), NOBODY)
}

/** Turn the label into `text` by removing and inserting one stretch. */
export function writeLabel(label: Y.Text, text: string): void {
  const { index, remove, insert } = simpleDiffString(label.toJSON(), text.slice(0, TEXT_MAX))
  if (remove > 0) label.delete(index, remove)
  if (insert !== '') label.insert(index, insert)
}

/** The number under which the label of this shape is created, by whoever does. */
export function labelClient(map: ShapeMap): number | undefined {
  const id = map._item?.id
  if (!id) return undefined
  return hash53(`${map._item?.parentSub ?? ''}:${id.client}:${id.clock}`)
}

function createLabel(doc: Y.Doc, map: ShapeMap): Y.Text {
  const label = new Y.Text()
  const client = labelClient(map)
  // A label that was made and lost again can only be made anew under one's own name. So can one on
  // a key that already has a history: its operation would not be the same everywhere.
  if (client === undefined || Y.getState(doc.store, client) > 0 || map._map.has(LABEL)) {
    return fill(map, label)
  }
  const own = doc.clientID
  doc.clientID = client
  try {
    return fill(map, label)
  } finally {
    doc.clientID = own
  }
}

function fill(map: ShapeMap, label: Y.Text): Y.Text {
  const text = birthText(map)
  map.set(LABEL, label)
  if (text !== '') label.insert(0, text)
  return label
}

/** A 53-bit hash of text (two interleaved multiply-and-shift lanes). */
function hash53(text: string): number {
  let high = 0x2f6e2b1
  let low = 0x4cf5ad43
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    high = Math.imul(high ^ code, 0x9e3779b1)
    low = Math.imul(low ^ code, 0x85ebca6b)
  }
  high = Math.imul(high ^ (high >>> 15) ^ low, 0x735a2d97)
  low = Math.imul(low ^ (low >>> 13) ^ high, 0x21f0aaad)
  return ((high ^ (high >>> 16)) >>> 11) * 2 ** 32 + ((low ^ (low >>> 15)) >>> 0)
}
