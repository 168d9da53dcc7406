/** Paints marks above the board in one animation frame after something changed. Paints, decides nothing. */
import type { ShapeId } from '@kolam/board'
import {
  applyMatrix,
  boxCorners,
  boxesIntersect,
  expandBox,
  toScreen,
  visibleBox,
  type Camera,
  type Vec,
} from '@kolam/geometry'
import type { Mark, MarkKind } from './marks.ts'

export interface MarksView {
  readonly marks: readonly Mark[]
  readonly camera: Camera
  /** The one a person points at in the list. */
  readonly pointed: ShapeId | null
}

/** Air between a shape and its frame, CSS pixels. */
const AIR_PX = 5
const BADGE_PX = 8
/** A frame smaller than this would be hidden by its badge, and hides its shape unless it is thin. */
const BADGED_PX = 28
/** Smaller than this, a shape is a patch of colour. */
const PATCH_PX = 12
/** More badges than this would only hide the drawing. */
const BADGES_MAX = 400

/** The custom properties of the page that colour the marks: each has 3 : 1 or more on the paper. */
const COLORS: Readonly<Record<MarkKind, string>> = {
  added: '--good',
  changed: '--accent',
  removed: '--bad',
}

export class MarksLayer {
  readonly #canvas: HTMLCanvasElement
  readonly #context: CanvasRenderingContext2D
  #view: MarksView = { marks: [], camera: { x: 0, y: 0, zoom: 1 }, pointed: null }
  #frame = 0

  constructor(canvas: HTMLCanvasElement) {
    const context = canvas.getContext('2d')
    if (!context) throw new Error('This browser gives no 2D canvas to draw on')
    this.#canvas = canvas
    this.#context = context
  }

  show(view: MarksView): void {
    this.#view = view
    this.repaint()
  }

  /** The size or the colours changed. */
  repaint(): void {
    if (this.#frame !== 0) return
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0
      this.#paint()
    })
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame)
  }

  #paint(): void {
    const { clientWidth: w, clientHeight: h } = this.#canvas
    const { camera, marks, pointed } = this.#view
    const dpr = devicePixelRatio
    // Setting the size clears the canvas and its transform.
    this.#canvas.width = Math.round(w * dpr)
    this.#canvas.height = Math.round(h * dpr)
    this.#context.scale(dpr, dpr)
    this.#context.lineJoin = 'round'
    const near = expandBox(visibleBox(camera, { w, h }), (AIR_PX + BADGE_PX) / camera.zoom)
    const seen = marks.filter(({ bounds }) => boxesIntersect(bounds, near))
    const colors = this.#colors()
    for (const mark of seen) this.#paintMark(mark, colors, mark.id === pointed)
    if (seen.length <= BADGES_MAX) for (const mark of seen) this.#paintBadge(mark, colors)
  }

  #colors(): Readonly<Record<MarkKind | 'surface', string>> {
    const style = getComputedStyle(this.#canvas)
    const read = (name: string): string => style.getPropertyValue(name).trim()
    return {
      added: read(COLORS.added),
      changed: read(COLORS.changed),
      removed: read(COLORS.removed),
      surface: read('--surface'),
    }
  }

  #paintMark(mark: Mark, colors: Readonly<Record<MarkKind, string>>, isPointed: boolean): void {
    const context = this.#context
    const size = this.#sizeOf(mark)
    context.strokeStyle = context.fillStyle = colors[mark.kind]
    if (size < PATCH_PX && !isPointed) return this.#paintPatch(mark)
    context.lineWidth = isPointed ? 3.5 : size < BADGED_PX ? 1 : 2
    context.setLineDash(mark.kind === 'removed' ? [7, 5] : [])
    if (mark.ghost) {
      this.#trace(
        mark.ghost.outline.map((at) => toScreen(this.#view.camera, at)),
        !isOpen(mark),
      )
      if (!isOpen(mark)) this.#fill(isPointed ? 0.22 : 0.1)
      context.stroke()
      if (!isPointed) return
    }
    this.#trace(this.#corners(mark), true)
    if (isPointed) this.#fill(0.12)
    context.stroke()
  }

  #paintPatch({ bounds }: Mark): void {
    const { camera } = this.#view
    const { x, y } = toScreen(camera, bounds)
    this.#context.globalAlpha = 0.4
    this.#context.fillRect(x - 1, y - 1, bounds.w * camera.zoom + 2, bounds.h * camera.zoom + 2)
    this.#context.globalAlpha = 1
  }

  /** The longer side on the screen. */
  #sizeOf({ bounds }: Mark): number {
    return Math.max(bounds.w, bounds.h) * this.#view.camera.zoom
  }

  #paintBadge(mark: Mark, colors: Readonly<Record<MarkKind | 'surface', string>>): void {
    if (this.#sizeOf(mark) < BADGED_PX) return
    const corner = this.#badgePlace(mark)
    if (!corner) return
    const context = this.#context
    context.setLineDash([])
    context.fillStyle = colors[mark.kind]
    context.strokeStyle = colors.surface
    context.lineWidth = 1.5
    context.beginPath()
    context.arc(corner.x, corner.y, BADGE_PX, 0, 2 * Math.PI)
    context.fill()
    context.stroke()
    this.#paintSign(mark.kind, corner, colors.surface)
  }

  /** The first corner of the frame; a ghost has none. */
  #badgePlace(mark: Mark): Vec | undefined {
    return mark.ghost ? toScreen(this.#view.camera, mark.ghost.first) : this.#corners(mark)[0]
  }

  /** A plus, a dot or a minus: the kind without its colour. */
  #paintSign(kind: MarkKind, { x, y }: Vec, color: string): void {
    const context = this.#context
    const half = 3.5
    context.beginPath()
    context.lineWidth = 2
    context.fillStyle = color
    if (kind === 'changed') context.arc(x, y, 2.75, 0, 2 * Math.PI)
    else {
      context.moveTo(x - half, y)
      context.lineTo(x + half, y)
    }
    if (kind === 'added') {
      context.moveTo(x, y - half)
      context.lineTo(x, y + half)
    }
    if (kind === 'changed') context.fill()
    else context.stroke()
  }

  #corners(mark: Mark): Vec[] {
    const { camera } = this.#view
    const { frame } = mark
    const air = this.#sizeOf(mark) < BADGED_PX ? 1.5 : AIR_PX
    const box = expandBox(frame.box, air / camera.zoom)
    return boxCorners(box).map((corner) => toScreen(camera, applyMatrix(frame.matrix, corner)))
  }

  #trace(points: readonly Vec[], closed: boolean): void {
    const context = this.#context
    context.beginPath()
    points.forEach(({ x, y }, i) => (i === 0 ? context.moveTo(x, y) : context.lineTo(x, y)))
    if (closed) context.closePath()
  }

  #fill(alpha: number): void {
    this.#context.globalAlpha = alpha
    this.#context.fill()
    this.#context.globalAlpha = 1
  }
}

/** The frame of a way through points is the box around it: it has no inside of its own. */
function isOpen({ frame, bounds }: Mark): boolean {
  return frame.box === bounds
}
