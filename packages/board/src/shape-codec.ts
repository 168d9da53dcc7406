/**
 * A shape to and from its map in the document.
 *
 * Reading never throws: a prop with a bad value has its default, a shape whose `init` does not parse
 * or whose kind is unknown is `foreign`. Nothing here writes; what is not understood stays as it is.
 */
import { CHECKS } from './checks.ts'
import { INIT, labelOf, type ShapeMap } from './document.ts'
import { withInk } from './ink-view.ts'
import { TEXT_MAX } from './limits.ts'
import { FIRST_INDEX } from './order.ts'
import {
  SHAPE_DEFAULTS,
  SHAPE_KINDS,
  type NewShape,
  type Shape,
  type ShapeId,
  type ShapePatch,
} from './shape.ts'
import { copyValue, isObject, sameValue } from './values.ts'

const KINDS: ReadonlySet<unknown> = new Set(SHAPE_KINDS)
/** Fixed at birth, or changed through doors of their own. */
const FIXED: ReadonlySet<string> = new Set(['kind', 'text', 'foreign'])
const PROPS = Object.keys(CHECKS) as (keyof typeof CHECKS)[]

const DEFAULTS: Omit<Shape, 'id'> = { ...SHAPE_DEFAULTS, kind: 'foreign', index: FIRST_INDEX }

/** The JSON a shape is born with: what differs from the defaults, with bad values left out. */
export function encodeInit(shape: NewShape, index: string): string {
  const init: Record<string, unknown> = { kind: shape.kind, index }
  for (const prop of PROPS) {
    if (prop === 'index') continue
    const value = shape[prop]
    if (!isValid(prop, value) || (prop !== 'at' && sameValue(value, SHAPE_DEFAULTS[prop]))) continue
    init[prop] = typeof value === 'string' ? value.slice(0, TEXT_MAX) : value
  }
  init['at'] ??= SHAPE_DEFAULTS.at
  return JSON.stringify(init)
}

/** The shape that `map` holds, frozen. One pass and one object, since a board is thousands of these. */
export function readShape(id: ShapeId, map: ShapeMap): Shape {
  const shape: Record<string, unknown> = { ...DEFAULTS, id }
  readInit(map, shape)
  map.forEach((value, key) => {
    if (isUnderstood(key, value)) shape[key] = value
  })
  const label = labelOf(map)
  if (label) shape['text'] = label.toJSON().slice(0, TEXT_MAX)
  const read = shape as unknown as Shape
  return Object.freeze(read.kind === 'draw' ? withInk(read, map) : read)
}

/** Whether a key of a shape's map with this value is a prop of the shape. */
export function isUnderstood(key: string, value: unknown): boolean {
  return !FIXED.has(key) && isValid(key, value)
}

/** The text a shape was born with. */
export function birthText(map: ShapeMap): string {
  const shape: Record<string, unknown> = { text: '' }
  readInit(map, shape)
  return String(shape['text']).slice(0, TEXT_MAX)
}

/** The entries of a patch that are valid and would change the shape, copied. */
export function changedProps(shape: Shape, patch: ShapePatch): [string, unknown][] {
  return Object.entries(patch)
    .filter(([prop, value]) => !FIXED.has(prop) && isValid(prop, value))
    .filter(([prop, value]) => !sameValue(shape[prop as keyof Shape], value))
    .map(([prop, value]) => [prop, copyValue(value)])
}

/** Whether two readings of one map say the same, ink aside. */
export function sameProps(a: Shape, b: Shape): boolean {
  // `kind` and `foreign` never change after birth; the latter is somebody's JSON of any depth.
  return PROPS.every((prop) => prop === 'foreign' || sameValue(a[prop], b[prop]))
}

/** Put the valid props of `init` into `shape`. */
function readInit(map: ShapeMap, shape: Record<string, unknown>): void {
  const init = map.get(INIT)
  const json = typeof init === 'string' ? parse(init) : null
  if (!isObject(json)) return
  for (const prop in json) if (isValid(prop, json[prop])) shape[prop] = json[prop]
  const kind = json['kind']
  if (KINDS.has(kind)) shape['kind'] = kind
  else shape['foreign'] = { app: 'kolam', kind: String(kind), data: json }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null // Somebody else's shape; shown inert.
  }
}

function isValid(prop: string, value: unknown): boolean {
  return Object.hasOwn(CHECKS, prop) && CHECKS[prop as keyof typeof CHECKS](value)
}
