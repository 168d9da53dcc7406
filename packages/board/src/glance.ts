/**
 * About where shapes are, from a glance at their maps: nothing is decoded, checked or turned.
 *
 * May be wrong, so it is good for deciding what to read first and for nothing else.
 */
import { boxesIntersect, type Box } from '@kolam/geometry'
import type * as Y from 'yjs'
import { asShapeMap, INIT, type ShapeMap } from './document.ts'
import type { ParentId, ShapeId } from './shape.ts'

/** Parents above a shape that are looked at; what is deeper is read later. */
const GLANCE_DEPTH_MAX = 8
const SIZE_UNKNOWN = 100

/** Whether a shape seems to touch `box` of its page. */
export function seemsIn(shapes: Y.Map<unknown>, id: ShapeId, box: Box): boolean {
  const map = asShapeMap(shapes.get(id))
  const place = map && placeOf(map)
  if (!map || !place) return false
  let [parent, x, y] = place
  for (let depth = 0; depth < GLANCE_DEPTH_MAX; depth++) {
    const above = asShapeMap(shapes.get(parent))
    const at = above && placeOf(above)
    if (!at) break
    parent = at[0]
    x += at[1]
    y += at[2]
  }
  return boxesIntersect(box, { x, y, w: sizeOf(map, 'w'), h: sizeOf(map, 'h') })
}

type Place = [parent: ParentId, x: number, y: number]

function placeOf(map: ShapeMap): Place | null {
  const at = map.get('at') ?? bornAt(map.get(INIT))
  if (!Array.isArray(at) || typeof at[0] !== 'string') return null
  return [at[0], Number(at[1]), Number(at[2])]
}

/** The JSON of a place has no brackets inside, unless its parent's name has. */
function bornAt(init: unknown): unknown {
  const [json, start] = after(init, '"at":')
  try {
    return json === null ? null : JSON.parse(json.slice(start, json.indexOf(']', start) + 1))
  } catch {
    return null
  }
}

function sizeOf(map: ShapeMap, side: 'w' | 'h'): number {
  const changed = map.get(side)
  if (typeof changed === 'number') return changed
  const [json, start] = after(map.get(INIT), `"${side}":`)
  const size = json === null ? NaN : Number.parseFloat(json.slice(start, start + 24))
  return Number.isFinite(size) ? size : SIZE_UNKNOWN
}

/** Where the text after `key` begins; null when it is not there. */
function after(init: unknown, key: string): [json: string, start: number] | [json: null] {
  if (typeof init !== 'string') return [null]
  const found = init.indexOf(key)
  return found < 0 ? [null] : [init, found + key.length]
}
