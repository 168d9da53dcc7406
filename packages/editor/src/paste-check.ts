/**
 * Decides what of a pasted text are shapes. Never throws and never writes.
 *
 * The board checks every prop again at its own door; here are the bounds of a paste as a whole.
 */
import { SHAPE_KINDS, type Binding, type NewShape, type Place, type Point } from '@kolam/board'
import {
  COORDINATE_MAX,
  PASTE_CHARS_MAX,
  PASTE_POINTS_MAX,
  PASTE_SHAPES_MAX,
  PASTE_TEXT_MAX,
} from './limits.ts'

/** What marks our JSON on a clipboard. */
export const CLIPBOARD_TYPE = 'kolam/shapes'
export const CLIPBOARD_VERSION = 1

/** A shape from a clipboard: its id and place are known to be there. */
export type PastedShape = NewShape & { readonly id: string; readonly at: Place }

const KINDS: ReadonlySet<unknown> = new Set(SHAPE_KINDS)

/** The shapes in `json`, or none if it is not ours, too large or damaged. */
export function readPaste(json: string): PastedShape[] {
  if (json.length > PASTE_CHARS_MAX) return []
  const value = parse(json)
  if (!isRecord(value) || value['type'] !== CLIPBOARD_TYPE) return []
  if (value['version'] !== CLIPBOARD_VERSION || !Array.isArray(value['shapes'])) return []
  if (value['shapes'].length > PASTE_SHAPES_MAX) return []
  const shapes = value['shapes'].filter(isPasted)
  return [...new Map(shapes.map((shape) => [shape.id, shape])).values()]
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

function isPasted(value: unknown): value is PastedShape {
  if (!isRecord(value) || !KINDS.has(value['kind'])) return false
  const { id, at, points = [], ink = [], text = '', start = null, end = null } = value
  return (
    isId(id) &&
    isPlace(at) &&
    numbersAreSane(value) &&
    isPoints(points, 2) &&
    isPoints(ink, 3) &&
    typeof text === 'string' &&
    text.length <= PASTE_TEXT_MAX &&
    isBinding(start) &&
    isBinding(end)
  )
}

function numbersAreSane(value: Record<string, unknown>): boolean {
  const { w = 0, h = 0, angle = 0 } = value
  return isSize(w) && isSize(h) && isCoordinate(angle)
}

function isPlace(value: unknown): value is Place {
  if (!Array.isArray(value) || value.length !== 3) return false
  const [parent, x, y]: unknown[] = value
  return isId(parent) && isCoordinate(x) && isCoordinate(y)
}

function isPoints(value: unknown, size: number): value is Point[] {
  if (!Array.isArray(value) || value.length > PASTE_POINTS_MAX) return false
  return value.every(
    (point) => Array.isArray(point) && point.length === size && point.every(isCoordinate),
  )
}

function isBinding(value: unknown): value is Binding | null {
  if (value === null) return true
  if (!isRecord(value)) return false
  return isId(value['id']) && isPoints([value['anchor']], 2)
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= 128
}

function isCoordinate(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= COORDINATE_MAX
}

function isSize(value: unknown): boolean {
  return isCoordinate(value) && value >= 0
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
