/**
 * What holds the ends of arrows.
 *
 * New files name a point of the holding shape. Old ones give a focus and a gap; there the arrow's own
 * last piece says where it was heading, and the anchor is put on that line inside of the shape, so
 * that the arrow comes to lie where the file has it.
 */
import type { Binding, Point } from '@kolam/board'
import {
  add,
  boxCentre,
  closeOutline,
  diamondPoints,
  distance,
  ellipsePoints,
  midpoint,
  nearestOnPolyline,
  normalize,
  polygonCrossings,
  rectanglePoints,
  rotate,
  scale,
  sub,
  type Vec,
} from '@kolam/geometry'
import { isFiniteNumber, isJson, listOf, type Json } from '../json.ts'
import { turnOf, type Built } from './built.ts'
import { repair } from './element.ts'
import { pointsOnPage } from './linear.ts'

/** Anchors a board believes. */
const ANCHOR_MIN = -1
const ANCHOR_MAX = 2
const ELLIPSE_POINTS = 64

/** Where a name of the file leads; labels lead to the shape they are part of. */
export type FindBuilt = (name: string) => Built | undefined

/** The arrow with its ends held; anything else as it is. */
export function bindEnds(built: Built, find: FindBuilt): Built {
  if (built.props.kind !== 'arrow') return built
  const points = pointsOnPage(built)
  const start = bindingOf(built, {
    key: 'startBinding',
    way: points.slice(0, 2).toReversed(),
    find,
  })
  const end = bindingOf(built, { key: 'endBinding', way: points.slice(-2), find })
  return { ...built, props: { ...built.props, start, end } }
}

interface End {
  readonly key: 'startBinding' | 'endBinding'
  /** The last piece of the way, towards the end. */
  readonly way: readonly Vec[]
  readonly find: FindBuilt
}

function bindingOf(built: Built, { key, way, find }: End): Binding | null {
  const raw = built.element.raw[key]
  if (raw === undefined || raw === null) return null
  const name = isJson(raw) ? raw['elementId'] : null
  const target = typeof name === 'string' ? find(name) : undefined
  if (!isJson(raw) || !target || !canHold(target)) return repair(built.element, null)
  const anchor = fixedAnchor(raw) ?? anchorOnWay(target, way)
  return { id: target.element.id, anchor, mode: raw['mode'] === 'inside' ? 'exact' : 'edge' }
}

function canHold({ props: { kind } }: Built): boolean {
  return kind !== 'arrow' && kind !== 'line' && kind !== 'draw'
}

function fixedAnchor(raw: Json): Point | null {
  const [x, y] = listOf(raw['fixedPoint'])
  return isFiniteNumber(x) && isFiniteNumber(y) ? [bounded(x), bounded(y)] : null
}

function anchorOnWay(target: Built, [from, to]: readonly Vec[]): Point {
  if (!from || !to || distance(from, to) === 0) return [0.5, 0.5]
  return shareOf(target, pointInside(target, { from, to }))
}

/** The middle of what the shape cuts off the line; beside the shape, its nearest point. */
function pointInside(target: Built, { from, to }: { from: Vec; to: Vec }): Vec {
  const outline = outlineOnPage(target)
  const reach = distance(from, boxCentre(target.box)) + target.box.w + target.box.h
  const far = add(from, scale(normalize(sub(to, from)), reach))
  const found = polygonCrossings(from, far, outline)
  if (found.length > 1) return midpoint(found[0]!, found.at(-1)!)
  return nearestOnPolyline(to, closeOutline(outline)) ?? to
}

function outlineOnPage(target: Built): Vec[] {
  const { box, props } = target
  const centre = boxCentre(box)
  return outlineOf(box, props.kind).map((point) => rotate(point, turnOf(target), centre))
}

function outlineOf(box: Built['box'], kind: string): Vec[] {
  if (kind === 'ellipse') return ellipsePoints(box, ELLIPSE_POINTS)
  return kind === 'diamond' ? diamondPoints(box) : rectanglePoints(box)
}

/** Where a point of the page is in the shape's unturned box, 0…1. */
function shareOf(target: Built, point: Vec): Point {
  const { box } = target
  const { x, y } = rotate(point, -turnOf(target), boxCentre(box))
  return [share(x - box.x, box.w), share(y - box.y, box.h)]
}

function share(along: number, size: number): number {
  return size > 0 ? bounded(along / size) : 0.5
}

function bounded(value: number): number {
  return Math.max(ANCHOR_MIN, Math.min(ANCHOR_MAX, value))
}
