/** Where an element's unturned box is: sizes may be negative or missing in old files. */
import type { Box } from '@kolam/geometry'
import { readCoordinate, repair, type Element } from './element.ts'

const SIZE_FALLBACK = 100

/** The box with positive sides; `fallback` stands in for a size that is missing. */
export function readBox(
  element: Element,
  fallback: { readonly w: number; readonly h: number } = { w: SIZE_FALLBACK, h: SIZE_FALLBACK },
): Box {
  const { width, height } = element.raw
  if (width === undefined || width === null || height === undefined || height === null) {
    element.repaired = true
  }
  const w = readCoordinate(element, 'width', fallback.w)
  const h = readCoordinate(element, 'height', fallback.h)
  const x = readCoordinate(element, 'x')
  const y = readCoordinate(element, 'y')
  const box = { x: Math.min(x, x + w), y: Math.min(y, y + h), w: Math.abs(w), h: Math.abs(h) }
  return w < 0 || h < 0 ? repair(element, box) : box
}
