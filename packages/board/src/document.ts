/**
 * Where the board lives in a Y.Doc: the names, and the raw reading of one shape's map.
 *
 * Knows names and Yjs types only; what the values mean is the codec's business. Never writes.
 */
import * as Y from 'yjs'
import { TITLE_MAX } from './limits.ts'

/** One shape in the document: `init`, changed props, `label`, `ink`, `ink:n`. */
export type ShapeMap = Y.Map<unknown>

/** Key of the immutable JSON a shape is born with. */
export const INIT = 'init'
/** Key of the Y.Text a label becomes when it is first edited. */
export const LABEL = 'label'
/** Key of a finished stroke. */
export const INK = 'ink'

const INK_CHUNK = /^ink:(\d{1,9})$/

/** Key of the nth piece of a stroke that is still being drawn. */
export function inkChunkKey(n: number): string {
  return `${INK}:${n}`
}

/** All shapes by id. */
export function shapesOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap('shapes')
}

/** Format number and title. */
export function metaOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap('meta')
}

/** The title, cut to its limit; empty when there is none. */
export function titleOf(doc: Y.Doc): string {
  const title = metaOf(doc).get('title')
  return typeof title === 'string' ? title.slice(0, TITLE_MAX) : ''
}

/** The format the document says it has; undefined when it says none. */
export function formatOf(doc: Y.Doc): number | undefined {
  const format = metaOf(doc).get('format')
  return typeof format === 'number' ? format : undefined
}

/** The map of one shape; undefined when there is none, or something else in its place. */
export function shapeMapOf(doc: Y.Doc, id: string): ShapeMap | undefined {
  return asShapeMap(shapesOf(doc).get(id))
}

/** The value as a shape's map, if it is one. */
export function asShapeMap(value: unknown): ShapeMap | undefined {
  return value instanceof Y.Map ? value : undefined
}

/** The label of a shape, if it has been edited. */
export function labelOf(map: ShapeMap): Y.Text | undefined {
  const label = map.get(LABEL)
  return label instanceof Y.Text ? label : undefined
}

/** The stroke as bytes: one finished value, or the chunks so far in order. */
export function inkOf(map: ShapeMap): readonly Uint8Array[] {
  const ink = map.get(INK)
  if (ink instanceof Uint8Array) return [ink]
  return inkChunkKeys(map)
    .map((key) => map.get(key))
    .filter((chunk) => chunk instanceof Uint8Array)
}

/** The keys of the chunks in drawing order. */
export function inkChunkKeys(map: ShapeMap): string[] {
  const numbers: number[] = []
  for (const key of map.keys()) {
    const match = INK_CHUNK.exec(key)
    if (match) numbers.push(Number(match[1]))
  }
  return numbers.toSorted((a, b) => a - b).map(inkChunkKey)
}

/** The id of the shape that a changed type belongs to; undefined for `shapes` itself. */
function shapeIdOf(shapes: Y.Map<unknown>, type: Y.AbstractType<unknown>): string | undefined {
  let current: Y.AbstractType<unknown> | null = type
  while (current !== null && current.parent !== shapes) current = current.parent
  return current?._item?.parentSub ?? undefined
}

/** The shapes that these events of `shapes` and what is in it are about. */
export function changedIds(
  shapes: Y.Map<unknown>,
  events: readonly Y.YEvent<Y.AbstractType<unknown>>[],
): Set<string> {
  const ids = new Set<string>()
  for (const event of events) {
    if (event.target === shapes) {
      for (const key of (event as unknown as Y.YMapEvent<unknown>).keysChanged) ids.add(key)
    } else {
      const id = shapeIdOf(shapes, event.target)
      if (id !== undefined) ids.add(id)
    }
  }
  return ids
}
