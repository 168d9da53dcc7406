/**
 * How page space lands on device pixels. Pure.
 *
 * The origin is snapped to whole device pixels, so that moving the camera shifts the picture by
 * whole pixels and what is already painted can be reused.
 */
import type { Box, Camera, Matrix, Vec } from '@kolam/geometry'

/** Camera, size in CSS pixels, and device pixels per CSS pixel. */
export interface View {
  readonly camera: Camera
  readonly w: number
  readonly h: number
  readonly dpr: number
}

/** Device pixels per page unit. */
export function deviceScale({ camera, dpr }: View): number {
  return camera.zoom * dpr
}

/** Where the page's origin is, in whole device pixels. */
export function deviceOrigin(view: View): Vec {
  const scale = deviceScale(view)
  return { x: Math.round(-view.camera.x * scale), y: Math.round(-view.camera.y * scale) }
}

/** Page space to device pixels. */
export function deviceMatrix(view: View): Matrix {
  const scale = deviceScale(view)
  const { x, y } = deviceOrigin(view)
  return [scale, 0, 0, scale, x, y]
}

/** The whole canvas in device pixels. */
export function deviceSize({ w, h, dpr }: View): Box {
  return { x: 0, y: 0, w: Math.round(w * dpr), h: Math.round(h * dpr) }
}

/** The page box a rectangle of device pixels shows, grown by `margin` page units. */
export function toPageBox(view: View, rect: Box, margin = 0): Box {
  const scale = deviceScale(view)
  const origin = deviceOrigin(view)
  return {
    x: (rect.x - origin.x) / scale - margin,
    y: (rect.y - origin.y) / scale - margin,
    w: rect.w / scale + 2 * margin,
    h: rect.h / scale + 2 * margin,
  }
}

/** The whole device pixels a page box touches. */
export function toDeviceRect(view: View, box: Box): Box {
  const scale = deviceScale(view)
  const origin = deviceOrigin(view)
  const x = Math.floor(box.x * scale + origin.x)
  const y = Math.floor(box.y * scale + origin.y)
  const right = Math.ceil((box.x + box.w) * scale + origin.x)
  const bottom = Math.ceil((box.y + box.h) * scale + origin.y)
  return { x, y, w: right - x, h: bottom - y }
}

/** Whether two views show the same at the same size. */
export function isSameView(a: View, b: View): boolean {
  const [from, to] = [a.camera, b.camera]
  const isSameCamera = from.x === to.x && from.y === to.y && from.zoom === to.zoom
  return isSameCamera && a.w === b.w && a.h === b.h && a.dpr === b.dpr
}
