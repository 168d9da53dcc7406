/**
 * From where a shape shall be on the page to the props that put it there, and back.
 *
 * Pure: takes a lookup, gives patches. Never writes.
 */
import {
  arrowRoute,
  type InkPoint,
  type Place,
  type Point,
  type Shape,
  type ShapeLookup,
} from '@kolam/board'
import {
  IDENTITY,
  angleOfMatrix,
  applyMatrix,
  boxCentre,
  boxFromPoints,
  invert,
  rotate,
  turnedBounds,
  unionBoxes,
  type Box,
  type Matrix,
  type Vec,
} from '@kolam/geometry'

/** A box on the page, turned about its centre. */
export interface PageBox {
  readonly centre: Vec
  readonly w: number
  readonly h: number
  readonly angle: number
}

/** The space a shape's `at` is in. */
export function parentTransform(lookup: ShapeLookup, shape: Shape): Matrix {
  const [parent] = shape.at
  return lookup.shape(parent) ? lookup.pageTransform(parent) : IDENTITY
}

export function isLinear(shape: Shape): boolean {
  return shape.kind === 'arrow' || shape.kind === 'line'
}

/** The box of a shape in its own space: what it covers, which for a stroke is its ink. */
export function ownBoxOf(shape: Shape): Box {
  if (shape.kind === 'draw') return inkBoxOf(shape.ink)
  if (isLinear(shape)) return boxFromPoints(shape.points.map(toVec))
  return { x: 0, y: 0, w: shape.w, h: shape.h }
}

/** Where the unrotated box of `shape` is on the page. */
export function pageBoxOf(lookup: ShapeLookup, shape: Shape): PageBox {
  const matrix = lookup.pageTransform(shape.id)
  const box = ownBoxOf(shape)
  const { w, h } = box
  return { centre: applyMatrix(matrix, boxCentre(box)), w, h, angle: angleOfMatrix(matrix) }
}

/** The points of a line or arrow on the page; ends that are bound are where the arrow stops. */
export function pagePointsOf(lookup: ShapeLookup, shape: Shape): Vec[] {
  const matrix = lookup.pageTransform(shape.id)
  const points = shape.points.map(toVec)
  if (shape.start || shape.end) {
    const route = arrowRoute(shape, lookup)
    const [first, last] = [route[0], route.at(-1)]
    if (first && shape.start) points[0] = toVec(first)
    if (last && shape.end && points.length > 1) points[points.length - 1] = toVec(last)
  }
  return points.map((point) => applyMatrix(matrix, point))
}

/** Props that put the box of a shape at `box`. */
export function placeBox(
  parent: string,
  transform: Matrix,
  box: PageBox,
): { at: Place; w: number; h: number; angle: number } {
  const centre = applyMatrix(invert(transform), box.centre)
  const angle = box.angle - angleOfMatrix(transform)
  const { w, h } = box
  return { at: [parent, centre.x - w / 2, centre.y - h / 2], w, h, angle: plainAngle(angle) }
}

/** Props that turn and move a shape, its size unchanged, so that its box has this centre and angle. */
export function placeTurned(
  shape: Shape,
  transform: Matrix,
  { centre, angle }: { centre: Vec; angle: number },
): { at: Place; angle: number } {
  const turned = plainAngle(angle - angleOfMatrix(transform))
  const own = rotate(boxCentre(ownBoxOf(shape)), turned, { x: shape.w / 2, y: shape.h / 2 })
  const target = applyMatrix(invert(transform), centre)
  return { at: [shape.at[0], target.x - own.x, target.y - own.y], angle: turned }
}

/** Props that put the points of a line or arrow at `points`; its own angle becomes 0. */
export function placePoints(
  parent: string,
  transform: Matrix,
  points: readonly Vec[],
): { at: Place; w: number; h: number; angle: number; points: Point[] } {
  const inverse = invert(transform)
  const local = points.map((point) => applyMatrix(inverse, point))
  const { x, y, w, h } = boxFromPoints(local)
  const relative = local.map((point): Point => [point.x - x, point.y - y])
  return { at: [parent, x, y], w, h, angle: 0, points: relative }
}

/** The upright box on the page around one shape that is not a group. */
export function leafBounds(lookup: ShapeLookup, shape: Shape): Box {
  if (isLinear(shape)) return boxFromPoints(pagePointsOf(lookup, shape))
  return pageBoxBounds(pageBoxOf(lookup, shape))
}

export function pageBoxBounds({ centre, w, h, angle }: PageBox): Box {
  return turnedBounds({ x: centre.x - w / 2, y: centre.y - h / 2, w, h }, angle)
}

/** The upright box on the page around all of `shapes`. */
export function boundsOf(lookup: ShapeLookup, shapes: readonly Shape[]): Box | null {
  return unionBoxes(shapes.map((shape) => leafBounds(lookup, shape)))
}

/** The same direction within one turn, and exactly 0 where rounding left almost nothing. */
export function plainAngle(angle: number): number {
  const turn = Math.PI * 2
  const plain = angle - turn * Math.round(angle / turn)
  return Math.abs(plain) < 1e-9 ? 0 : plain
}

const inkBoxes = new WeakMap<readonly InkPoint[], Box>()

function inkBoxOf(ink: readonly InkPoint[]): Box {
  const known = inkBoxes.get(ink)
  if (known) return known
  const box = boxFromPoints(ink.map(toVec))
  inkBoxes.set(ink, box)
  return box
}

export function toVec([x, y]: readonly [number, number, ...unknown[]]): Vec {
  return { x, y }
}
