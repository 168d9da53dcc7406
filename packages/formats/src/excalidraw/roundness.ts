/** How round corners are: `roundness` now, `strokeSharpness` in old files. */
import type { Size } from '@kolam/geometry'
import { isFiniteNumber, isJson } from '../json.ts'
import type { Element } from './element.ts'

/** Of the shorter side. */
const PROPORTION = 0.25
/** Where adaptive corners stop growing. */
const ADAPTIVE_RADIUS = 32
const ADAPTIVE = 3

/** Whether corners are round at all, or a line is a curve. */
export function isRound({ raw }: Element): boolean {
  const { roundness, strokeSharpness } = raw
  if (roundness === undefined) return strokeSharpness === 'round'
  return isJson(roundness)
}

/** The radius of a box's corners. */
export function boxRadius(element: Element, { w, h }: Size): number {
  return isRound(element) ? cornerOf(element, Math.min(w, h)) : 0
}

/** The radius of a diamond's corners: each is cut by its share of half the width and half the height. */
export function diamondRadius(element: Element, { w, h }: Size): number {
  if (!isRound(element)) return 0
  return Math.hypot(cornerOf(element, w / 2), cornerOf(element, h / 2))
}

function cornerOf({ raw }: Element, side: number): number {
  const { roundness } = raw
  if (!isJson(roundness) || roundness['type'] !== ADAPTIVE) return side * PROPORTION
  const { value } = roundness
  const most = isFiniteNumber(value) && value >= 0 ? value : ADAPTIVE_RADIUS
  return Math.min(side * PROPORTION, most)
}
