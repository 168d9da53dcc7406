/** The camera: what part of the page the view shows. Knows no shape and no pointer. */
import {
  cameraToFit,
  toPage,
  visibleBox,
  zoomAt,
  type Box,
  type Camera,
  type Size,
  type Vec,
} from '@kolam/geometry'
import { COORDINATE_MAX, FIT_PADDING_PX, ZOOM_MAX, ZOOM_MIN, ZOOM_STOPS } from './limits.ts'
import type { Signals } from './signals.ts'

/** Holds camera and viewport within their limits and says when they change. */
export class CameraControl {
  readonly #signals: Signals
  #camera: Camera = { x: 0, y: 0, zoom: 1 }
  #viewport: Size = { w: 1024, h: 768 }

  constructor(signals: Signals) {
    this.#signals = signals
  }

  get current(): Camera {
    return this.#camera
  }

  get viewport(): Size {
    return this.#viewport
  }

  get zoom(): number {
    return this.#camera.zoom
  }

  get visible(): Box {
    return visibleBox(this.#camera, this.#viewport)
  }

  /** The middle of the view in screen pixels. */
  get middle(): Vec {
    return { x: this.#viewport.w / 2, y: this.#viewport.h / 2 }
  }

  toPage(screen: Vec): Vec {
    return toPage(this.#camera, screen)
  }

  setViewport({ w, h }: Size): void {
    if (!(w >= 1 && h >= 1) || (w === this.#viewport.w && h === this.#viewport.h)) return
    this.#viewport = { w, h }
    this.#signals.mark('camera')
  }

  /** Take `camera`, clamped; anything not finite is refused. */
  set(camera: Camera): void {
    if (![camera.x, camera.y, camera.zoom].every(Number.isFinite)) return
    const next = {
      x: clamp(camera.x, -COORDINATE_MAX, COORDINATE_MAX),
      y: clamp(camera.y, -COORDINATE_MAX, COORDINATE_MAX),
      zoom: clampZoom(camera.zoom),
    }
    const { x, y, zoom } = this.#camera
    if (next.x === x && next.y === y && next.zoom === zoom) return
    this.#camera = next
    this.#signals.mark('camera')
    if (next.zoom !== zoom) this.#signals.mark('overlay')
  }

  panBy(dx: number, dy: number): void {
    const { x, y, zoom } = this.#camera
    this.set({ x: x - dx / zoom, y: y - dy / zoom, zoom })
  }

  /** Zoom so that what is under the screen point `about` (default: the middle) stays there. */
  zoomTo(zoom: number, about: Vec = this.middle): void {
    if (Number.isFinite(zoom)) this.set(zoomAt(this.#camera, about, clampZoom(zoom)))
  }

  /** To the next stop in (`1`) or out (`-1`). */
  zoomStep(direction: 1 | -1): void {
    const { zoom } = this.#camera
    const next =
      direction === 1
        ? ZOOM_STOPS.find((stop) => stop > zoom * 1.001)
        : ZOOM_STOPS.findLast((stop) => stop < zoom * 0.999)
    this.zoomTo(next ?? zoom)
  }

  /** Show all of `box`; an empty board (null) shows the origin at 100 %. */
  fit(box: Box | null, zoomMax: number): void {
    if (!box) return this.set({ x: 0, y: 0, zoom: 1 })
    const { w, h } = this.#viewport
    const padding = Math.min(FIT_PADDING_PX, w / 8, h / 8)
    const { zoom } = cameraToFit(atLeast(box, 1), this.#viewport, { padding, zoomMax })
    const clamped = clampZoom(Number.isFinite(zoom) ? zoom : 1)
    this.set({
      x: box.x + box.w / 2 - w / 2 / clamped,
      y: box.y + box.h / 2 - h / 2 / clamped,
      zoom: clamped,
    })
  }
}

function clampZoom(zoom: number): number {
  return clamp(zoom, ZOOM_MIN, ZOOM_MAX)
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value))
}

/** A box with some size, so that fitting a dot divides by something. */
function atLeast(box: Box, size: number): Box {
  return { ...box, w: Math.max(box.w, size), h: Math.max(box.h, size) }
}
