/** Moves a camera so that something is in the part of the view nothing lies over. Pure. */
import { boxCentre, type Box, type Camera, type Size } from '@kolam/geometry'

/** What lies over the edges of the view, in CSS pixels. */
export interface Insets {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

/** The camera that shows the box at the same zoom, centred when it was not in view; the same one when it was. */
export function bringIntoView(camera: Camera, viewport: Size, insets: Insets, box: Box): Camera {
  const { zoom } = camera
  const w = Math.max(1, viewport.w - insets.left - insets.right)
  const h = Math.max(1, viewport.h - insets.top - insets.bottom)
  const x = camera.x + insets.left / zoom
  const y = camera.y + insets.top / zoom
  const isIn = (at: number, size: number, from: number, room: number): boolean =>
    size <= room ? at >= from && at + size <= from + room : at < from + room && at + size > from
  if (isIn(box.x, box.w, x, w / zoom) && isIn(box.y, box.h, y, h / zoom)) return camera
  const centre = boxCentre(box)
  return {
    x: centre.x - (insets.left + w / 2) / zoom,
    y: centre.y - (insets.top + h / 2) / zoom,
    zoom,
  }
}
