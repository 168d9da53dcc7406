/**
 * The text of a label with its attributes and what is embedded in it: equality, and the smallest edit
 * that makes one read as another.
 */
import type * as Y from 'yjs'
import { labelOf, type ShapeMap } from '../document.ts'
import { birthText } from '../shape-codec.ts'
import { copyRaw, opsOf, sameRaw, type TextOp } from './raw.ts'

/** What the label of a shape reads: its own text, or what the shape was born with. */
export function labelOps(map: ShapeMap): TextOp[] {
  const label = labelOf(map)
  if (label) return opsOf(label)
  const text = birthText(map)
  return text === '' ? [] : [{ insert: text }]
}

/** Whether two texts read the same, however they are cut into ops. */
export function sameOps(a: readonly TextOp[], b: readonly TextOp[]): boolean {
  if (sameRaw(a, b)) return true
  const [one, two] = [piecesOf(a), piecesOf(b)]
  return one.length === two.length && one.every((piece, i) => samePiece(piece, two[i]))
}

/** Make `label` read `ops` by replacing one stretch; nothing is written when it does already. */
export function rewriteLabel(label: Y.Text, ops: readonly TextOp[]): void {
  const [now, wanted] = [piecesOf(opsOf(label)), piecesOf(ops)]
  const start = commonStart(now, wanted)
  const end = commonEnd(now.slice(start), wanted.slice(start))
  const gone = now.slice(start, now.length - end)
  const fresh = wanted.slice(start, wanted.length - end)
  if (gone.length + fresh.length === 0) return
  const retain = lengthOf(now.slice(0, start))
  const remove = lengthOf(gone)
  label.applyDelta([
    ...(retain > 0 ? [{ retain }] : []),
    ...(remove > 0 ? [{ delete: remove }] : []),
    ...joined(fresh),
  ])
}

/** One character, so that none is ever torn, or one embedded thing. */
function piecesOf(ops: readonly TextOp[]): TextOp[] {
  return ops.flatMap((op) => {
    const { insert, attributes } = op
    if (typeof insert !== 'string') return [op]
    return Array.from(insert, (char) =>
      attributes ? { insert: char, attributes } : { insert: char },
    )
  })
}

function samePiece(a: TextOp | undefined, b: TextOp | undefined): boolean {
  return sameRaw(a?.insert, b?.insert) && sameRaw(a?.attributes, b?.attributes)
}

function commonStart(a: readonly TextOp[], b: readonly TextOp[]): number {
  let length = 0
  while (length < Math.min(a.length, b.length) && samePiece(a[length], b[length])) length++
  return length
}

function commonEnd(a: readonly TextOp[], b: readonly TextOp[]): number {
  let length = 0
  while (length < Math.min(a.length, b.length) && samePiece(a.at(-1 - length), b.at(-1 - length))) {
    length++
  }
  return length
}

function lengthOf(pieces: readonly TextOp[]): number {
  let length = 0
  for (const { insert } of pieces) length += typeof insert === 'string' ? insert.length : 1
  return length
}

/** Pieces that stood in one op are one op again, and copies. */
function joined(pieces: readonly TextOp[]): TextOp[] {
  const ops: { insert: unknown; attributes?: Readonly<Record<string, unknown>> }[] = []
  for (const { insert, attributes } of pieces) {
    const last = ops.at(-1)
    const joins = typeof insert === 'string' && typeof last?.insert === 'string'
    if (joins && last.attributes === attributes) last.insert = `${String(last.insert)}${insert}`
    else ops.push(attributes ? { insert, attributes } : { insert })
  }
  return ops.map((op) => copyRaw(op) as TextOp)
}
