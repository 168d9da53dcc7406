/**
 * Values as the document holds them, understood or not: equality and copies that share no memory.
 *
 * Knows Yjs types and bytes besides JSON; knows nothing of shapes.
 */
import * as Y from 'yjs'
import { isObject } from '../values.ts'

/** A stretch of a text, or one thing embedded in it. */
export interface TextOp {
  readonly insert: unknown
  readonly attributes?: Readonly<Record<string, unknown>>
}

/** What a text says; Yjs cannot write an embedded null, so that is passed over. */
export function opsOf(text: Y.Text): TextOp[] {
  return (text.toDelta() as TextOp[]).filter(({ insert }) => insert !== null)
}

/** Whether two values say the same: bytes by content, Yjs types by what they hold. */
export function sameRaw(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (!isObject(a) || !isObject(b)) return false
  if (a instanceof Uint8Array || b instanceof Uint8Array) return sameBytes(a, b)
  if (isLive(a) || isLive(b)) return a.constructor === b.constructor && sameRaw(held(a), held(b))
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) => Object.hasOwn(b, key) && sameRaw(a[key], b[key]))
}

/** A copy that can be put into another document, or elsewhere in the same one. */
export function copyRaw(value: unknown): unknown {
  if (!isObject(value)) return value
  if (value instanceof Uint8Array) return Uint8Array.from(value)
  if (isLive(value)) return copyLive(value)
  if (Array.isArray(value)) return value.map(copyRaw)
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, copyRaw(entry)]))
}

type Live = Y.AbstractType<unknown> | Y.Doc

function isLive(value: unknown): value is Live {
  return value instanceof Y.AbstractType || value instanceof Y.Doc
}

/** What a live value holds, as plain data to compare. */
function held(value: unknown): unknown {
  if (value instanceof Y.Doc) return value.guid
  if (value instanceof Y.Text) return opsOf(value)
  return value instanceof Y.AbstractType ? (value.toJSON() as unknown) : value
}

function copyLive(value: Live): unknown {
  if (value instanceof Y.Doc) return new Y.Doc({ guid: value.guid })
  if (value.constructor === Y.Map) {
    const map = value as Y.Map<unknown>
    return new Y.Map(Array.from(map.entries(), ([key, entry]) => [key, copyRaw(entry)]))
  }
  if (value.constructor === Y.Array) {
    const list = new Y.Array<unknown>()
    list.push((value as Y.Array<unknown>).map(copyRaw))
    return list
  }
  if (value.constructor !== Y.Text) return value.clone()
  const text = new Y.Text()
  text.applyDelta(opsOf(value as Y.Text).map(copyRaw))
  return text
}

function sameBytes(a: unknown, b: unknown): boolean {
  if (!(a instanceof Uint8Array) || !(b instanceof Uint8Array)) return false
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
