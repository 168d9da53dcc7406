/** A pen stroke as paths: its outline, and its middle line. Pure. */
import type { Shape } from '@kolam/board'
import { nibOf } from './ink-nib.ts'
import { strokeOutline } from './ink-stroker.ts'
import { polyline } from './path.ts'
import type { Path } from './path.ts'

/** Width the pen has at middling pressure. */
export function inkWidth(shape: Shape): number {
  return nibOf(shape).size
}

/** The filled outline of a stroke. */
export function inkOutline(shape: Shape): Path {
  return strokeOutline(shape.ink, nibOf(shape))
}

/** The middle line of a stroke, as fine as `tolerance` page units. */
export function inkLine(shape: Shape, tolerance = 0): Path {
  const [first, ...rest] = shape.ink
  if (!first) return []
  let [x, y] = first
  const kept: [number, number][] = [[x, y]]
  rest.forEach((point, i) => {
    const isFar = Math.hypot(point[0] - x, point[1] - y) >= tolerance
    if (!isFar && i < rest.length - 1) return
    ;[x, y] = point
    kept.push([x, y])
  })
  if (kept.length === 1) kept.push([x + 0.01, y])
  return polyline(kept, { closed: false })
}
