/** Lines and arrows. */
import type { Random } from '@kolam/base'
import type { ArrowHead, Curve } from '@kolam/board'
import {
  add,
  boxCentre,
  boxFromPoints,
  curveThrough,
  distance,
  flattenCurve,
  moveBox,
  polylineLength,
  rotate,
  sub,
  type Box,
  type Vec,
} from '@kolam/geometry'
import { DASHED_LENGTH_MAX, POINTS_MAX } from '../limits.ts'
import type { Built } from './built.ts'
import { repair, type Element } from './element.ts'
import { placePoints, readSamples, thinned } from './points.ts'
import { isRound } from './roundness.ts'
import { angleOf, readStyle } from './style.ts'

/** Ends nearer than this make a loop. */
const LOOP_GAP_MAX = 8

const HEADS: ReadonlyMap<unknown, ArrowHead> = new Map<string, ArrowHead>([
  ['arrow', 'arrow'],
  ['bar', 'bar'],
  ['circle', 'circle'],
  ['dot', 'circle'],
  ['circle_outline', 'circle-outline'],
  ['triangle', 'triangle'],
  ['triangle_outline', 'triangle-outline'],
  ['diamond', 'diamond'],
  ['diamond_outline', 'diamond-outline'],
  ['cardinality_one', 'one'],
  ['cardinality_many', 'many'],
  ['cardinality_one_or_many', 'one-or-many'],
  ['cardinality_exactly_one', 'exactly-one'],
  ['cardinality_zero_or_one', 'zero-or-one'],
  ['cardinality_zero_or_many', 'zero-or-many'],
  ['crowfoot_one', 'one'],
  ['crowfoot_many', 'many'],
  ['crowfoot_one_or_many', 'one-or-many'],
])

/** A line or an arrow; what holds its ends comes later. */
export function buildLinear(element: Element, random: Random): Built {
  const kind = element.type === 'arrow' ? 'arrow' : 'line'
  const placed = placePoints(element, thinned(element, readSamples(element), POINTS_MAX))
  const curve = curveOf(element)
  const angle = angleOf(element)
  const box = curve === 'round' ? turnedLikeCurve(placed, angle) : placed.box
  const style = readStyle(element, random)
  const closed = kind === 'line' && isClosed(element, { points: placed.points, style, curve })
  const corners = closed ? withoutRepeat(placed.points, curve) : placed.points
  const tooLong = style.dash !== 'solid' && polylineLength(corners) > DASHED_LENGTH_MAX
  const props = {
    ...style,
    kind,
    angle,
    curve,
    closed,
    dash: tooLong ? repair(element, 'solid' as const) : style.dash,
    fill: closed ? style.fill : 'none',
    points: corners.map(({ x, y }) => [x, y] as const),
    startHead: headOf(element, 'startArrowhead', 'none'),
    endHead: headOf(element, 'endArrowhead', kind === 'arrow' ? 'arrow' : 'none'),
  } as const
  return { element, props, box, notDrawn: null }
}

/** Whether the way comes back to where it began. */
export function isLoop(points: readonly Vec[]): boolean {
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last || points.length < 4) return false
  return distance(first, last) <= LOOP_GAP_MAX
}

function curveOf(element: Element): Curve {
  if (element.type === 'arrow' && element.raw['elbowed'] === true) return 'elbow'
  return isRound(element) ? 'round' : 'sharp'
}

function headOf(element: Element, key: string, fallback: ArrowHead): ArrowHead {
  const value = element.raw[key]
  if (value === undefined) return fallback
  if (value === null || value === 'none') return 'none'
  return HEADS.get(value) ?? repair(element, fallback)
}

/**
 * An unfilled curve that ends where it began stays open: closing it would smooth away the corner
 * at its ends, which a heart or a drop needs.
 */
function isClosed(
  { raw }: Element,
  { points, style, curve }: { points: readonly Vec[]; style: { fill: string }; curve: Curve },
): boolean {
  if (points.length < 3) return false
  if (raw['polygon'] === true) return true
  return isLoop(points) && (style.fill !== 'none' || curve === 'sharp')
}

/** A closed line joins its ends by itself; a curve cannot have two points in one place. */
function withoutRepeat(points: readonly Vec[], curve: Curve): readonly Vec[] {
  const gap = distance(points[0]!, points.at(-1)!)
  const repeats = curve === 'round' ? gap <= LOOP_GAP_MAX : gap < 0.01
  return repeats && points.length > 3 ? points.slice(0, -1) : points
}

/**
 * A curve turns about the middle of all of it, a shape about the middle of its points' box: move
 * the box by what lies between the two turns, so that the curve comes to lie where it was.
 */
function turnedLikeCurve(
  { box, points }: { readonly box: Box; readonly points: readonly Vec[] },
  angle: number,
): Box {
  if (angle === 0) return box
  const curve = moveBox(boxFromPoints(flattenCurve(curveThrough(points))), box)
  const apart = sub(boxCentre(curve), boxCentre(box))
  return moveBox(box, sub(apart, rotate(apart, angle)))
}

/** The points of a line or arrow where they are on the page, turned. */
export function pointsOnPage({ box, props }: Built): Vec[] {
  const centre = boxCentre(box)
  return (props.points ?? []).map(([x, y]) => rotate(add(box, { x, y }), props.angle ?? 0, centre))
}
