/** Where the end of a line goes: to the pointer, to a step of 15 degrees, to a shape that holds it. */
import type { Binding, Shape, ShapeId } from '@kolam/board'
import { add, angleOf, distance, sub, type Vec } from '@kolam/geometry'
import type { Desk } from '../../desk.ts'
import { bindingAt } from '../../hit.ts'
import { ROTATE_STEP } from '../../limits.ts'
import type { ToolPointer } from '../tool.ts'

/** `to`, or with shift the point as far from `from` in the nearest step of 15 degrees. */
export function steppedFrom(from: Vec | undefined, to: Vec, shift: boolean): Vec {
  if (!from || !shift) return to
  const way = sub(to, from)
  const angle = Math.round(angleOf(way) / ROTATE_STEP) * ROTATE_STEP
  const far = distance(from, to)
  return add(from, { x: Math.cos(angle) * far, y: Math.sin(angle) * far })
}

/** What holds an end let go under the pointer; never for a line, and never with mod. */
export function heldAt(
  desk: Desk,
  kind: Shape['kind'],
  {
    pointer,
    except,
  }: { pointer: Pick<ToolPointer, 'page' | 'mod'>; except: readonly (ShapeId | undefined)[] },
): Binding | null {
  if (kind !== 'arrow' || pointer.mod) return null
  return bindingAt(desk, pointer.page, new Set(except.filter((id) => id !== undefined)))
}
