/** A pen stroke's outline from its points: width follows pressure, or speed where none was felt. Pure. */
import { getStroke } from 'perfect-freehand'
import type { Shape } from '@kolam/board'
import { Op, polyline } from './path.ts'
import type { Path } from './path.ts'

/** A pen of stroke width 1 is this wide at middling pressure. */
const PEN_SIZE = 2.8

/** How much of the width pressure takes away or adds. */
const THINNING = 0.5

/** Width the pen has at middling pressure. */
export function inkWidth({ strokeWidth }: Shape): number {
  return strokeWidth * PEN_SIZE
}

/** The filled outline of a stroke. */
export function inkOutline(shape: Shape): Path {
  const points = getStroke(
    shape.ink.map((point) => [...point]),
    {
      size: shape.strokeWidth * PEN_SIZE,
      thinning: THINNING,
      smoothing: 0.5,
      streamline: 0.45,
      simulatePressure: !shape.pressure,
      easing: (pressure) => Math.sin((pressure * Math.PI) / 2),
      last: true,
    },
  )
  return smoothClosed(points)
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

/** A closed curve that passes half-way between neighbours and bends at each of them. */
function smoothClosed(points: readonly (readonly number[])[]): Path {
  const last = points.at(-1)
  if (!last || points.length < 3) return []
  const path: number[] = []
  let [x = 0, y = 0] = last
  for (const [i, [nextX = 0, nextY = 0]] of points.entries()) {
    const [midX, midY] = [(x + nextX) / 2, (y + nextY) / 2]
    if (i === 0) path.push(Op.move, midX, midY)
    else path.push(Op.quad, x, y, midX, midY)
    ;[x, y] = [nextX, nextY]
  }
  path.push(Op.quad, x, y, path[1] ?? x, path[2] ?? y, Op.close)
  return path
}
