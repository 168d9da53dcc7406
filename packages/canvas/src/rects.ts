/** Arithmetic of damaged rectangles in whole device pixels. Pure. */
import type { Box, Vec } from '@kolam/geometry'

/** More rectangles than this cost more in bookkeeping than they save in painting. */
export const RECTS_MAX = 12

/** A union may waste this share of its area before two rectangles are better painted apart. */
const WASTE_MAX = 0.3

/** The part of `rect` inside `bounds`, or null if there is none. */
export function intersectRects(rect: Box, bounds: Box): Box | null {
  const x = Math.max(rect.x, bounds.x)
  const y = Math.max(rect.y, bounds.y)
  const w = Math.min(rect.x + rect.w, bounds.x + bounds.w) - x
  const h = Math.min(rect.y + rect.h, bounds.y + bounds.h) - y
  return w > 0 && h > 0 ? { x, y, w, h } : null
}

/** Few rectangles, none overlapping another, that cover all of `rects` within `bounds`. */
export function mergeRects(rects: Iterable<Box>, bounds: Box): Box[] {
  const merged: Box[] = []
  for (const rect of rects) {
    const inside = intersectRects(rect, bounds)
    if (inside) absorb(merged, inside)
    if (merged.length > RECTS_MAX) absorb(merged, merged.splice(0).reduce(union))
  }
  return merged
}

/** What a picture moved by `shift` leaves bare: at most one strip across and one down. */
export function exposedStrips(shift: Vec, { x, y, w, h }: Box): Box[] {
  const [dx, dy] = [Math.min(Math.abs(shift.x), w), Math.min(Math.abs(shift.y), h)]
  const strips: Box[] = []
  const top = shift.y > 0 ? y + dy : y
  if (dy > 0) strips.push({ x, y: shift.y > 0 ? y : y + h - dy, w, h: dy })
  if (dx > 0 && h > dy) strips.push({ x: shift.x > 0 ? x : x + w - dx, y: top, w: dx, h: h - dy })
  return strips
}

/** Adds a rectangle, swallowing those it overlaps or nearly completes until none is left. */
function absorb(merged: Box[], rect: Box): void {
  let grown = rect
  for (let i = merged.findIndex(belongs); i >= 0; i = merged.findIndex(belongs)) {
    grown = union(grown, ...merged.splice(i, 1))
  }
  merged.push(grown)

  function belongs(other: Box): boolean {
    if (intersectRects(grown, other)) return true
    const both = union(grown, other)
    return both.w * both.h * (1 - WASTE_MAX) <= grown.w * grown.h + other.w * other.h
  }
}

function union(a: Box, b: Box = a): Box {
  const x = Math.min(a.x, b.x)
  const y = Math.min(a.y, b.y)
  const w = Math.max(a.x + a.w, b.x + b.w) - x
  return { x, y, w, h: Math.max(a.y + a.h, b.y + b.h) - y }
}
