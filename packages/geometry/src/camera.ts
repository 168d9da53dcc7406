/**
 * A camera: which part of the page a view shows, and how large.
 *
 * screen = (page - camera) * zoom, so `x`,`y` is the page point at the view's top-left corner.
 * Limits of zoom belong to whoever moves the camera; nothing here clamps unless asked to.
 */
import { boxCentre, type Box, type Size } from './box.ts'
import { type Vec } from './vec.ts'

/** The page point at the view's top-left, and screen pixels per page unit. */
export interface Camera {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

/** How `cameraToFit` leaves room. */
export interface FitOptions {
  /** Screen pixels kept free on every side; default 0. */
  readonly padding?: number
  /** Never closer than this; default 1, so that small things are not blown up. */
  readonly zoomMax?: number
  /** Never farther than this; default 0.05. */
  readonly zoomMin?: number
}

/** Where a page point is on the screen. */
export function toScreen(camera: Camera, page: Vec): Vec {
  return { x: (page.x - camera.x) * camera.zoom, y: (page.y - camera.y) * camera.zoom }
}

/** Which page point is at a place of the screen. */
export function toPage(camera: Camera, screen: Vec): Vec {
  return { x: screen.x / camera.zoom + camera.x, y: screen.y / camera.zoom + camera.y }
}

/** The part of the page that a view of `size` screen pixels shows. */
export function visibleBox(camera: Camera, size: Size): Box {
  return { x: camera.x, y: camera.y, w: size.w / camera.zoom, h: size.h / camera.zoom }
}

/** The camera at `zoom` that keeps the page point under `screenPoint` where it is. */
export function zoomAt(camera: Camera, screenPoint: Vec, zoom: number): Camera {
  const fixed = toPage(camera, screenPoint)
  return { x: fixed.x - screenPoint.x / zoom, y: fixed.y - screenPoint.y / zoom, zoom }
}

/** The camera that shows all of `box` in the middle of a view of `size` screen pixels. */
export function cameraToFit(box: Box, size: Size, options: FitOptions = {}): Camera {
  const { padding = 0, zoomMax = 1, zoomMin = 0.05 } = options
  const wanted = Math.min(
    fitLength(box.w, size.w - 2 * padding),
    fitLength(box.h, size.h - 2 * padding),
  )
  const zoom = Math.max(zoomMin, Math.min(zoomMax, wanted))
  const centre = boxCentre(box)
  return { x: centre.x - size.w / zoom / 2, y: centre.y - size.h / zoom / 2, zoom }
}

/** A length of zero fits at any zoom. */
function fitLength(length: number, room: number): number {
  return length > 0 ? Math.max(0, room) / length : Infinity
}
