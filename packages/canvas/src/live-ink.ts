/**
 * Paints strokes while they grow: each frame costs what is new, however long they are.
 *
 * What is sure of a stroke is painted once and stays. Its loose end, and where the pen is likely to go, are on a
 * canvas above that is wiped where they were.
 *
 * To plug it in, the overlay layer gives it the shapes it would paint and paints only those it leaves:
 *
 *     const ink = liveInk.take(shapes, { lookup, view, erasing }) // before anything looks at their points
 *     const rest = shapes.filter(({ id }) => !ink.has(id))
 *     if (liveInk.paint(ink, job)) frames.request() // in every frame of the overlay, also without any ink
 */
import type { Shape, ShapeId } from '@kolam/board'
import { applyMatrixToBox, expandBox } from '@kolam/geometry'
import type { Box } from '@kolam/geometry'
import { LivePen, liveStrokes } from './live-ink-pen.ts'
import type { InkPlace, LiveStroke } from './live-ink-pen.ts'
import type { InkSheet, MakeSheet } from './live-ink-surface.ts'
import { pathBounds } from './path.ts'
import type { Path } from './path.ts'
import { themeColor } from './theme-color.ts'
import type { Theme } from './theme.ts'
import { tracePath } from './trace-path.ts'
import { deviceSize } from './view.ts'
import type { View } from './view.ts'

/** What live ink needs of a frame. */
export interface InkFrame {
  readonly view: View
  readonly theme: Theme
}

/** So many frames the other canvases may be behind a sheet that is ahead of them. */
const BEHIND_FRAMES = 2

/** Opaque strokes share a sheet; one that shines through has its own, so that it covers itself. */
const OPAQUE = 'opaque'

/** A stroke that is being painted. */
interface Inking {
  readonly pen: LivePen
  readonly sheet: InkSheet
  stroke: LiveStroke
  /** Where its loose end was painted, in device pixels. */
  reach: Box | null
}

/** Paints growing strokes. */
export class LiveInk {
  readonly #make: MakeSheet
  readonly #inkings = new Map<ShapeId, Inking>()
  readonly #sheets = new Map<string, InkSheet>()
  #frame: InkFrame | null = null
  #lingering = 0
  /** There was no canvas to be had. */
  #isFailed = false

  constructor(make: MakeSheet) {
    this.#make = make
  }

  /** The strokes among these shapes that it paints, by id. Looks at no points. */
  take(shapes: Iterable<Shape>, place: InkPlace): ReadonlyMap<ShapeId, LiveStroke> {
    return this.#isFailed ? new Map() : liveStrokes(shapes, place)
  }

  /** Brings the sheets up to date; true when it wants to be asked again in the next frame. */
  paint(strokes: ReadonlyMap<ShapeId, LiveStroke>, frame: InkFrame): boolean {
    if (strokes.size === 0) return this.#rest()
    if (!this.#goesOn(strokes, frame)) this.#startAnew(frame)
    this.#frame = frame
    this.#lingering = 0
    for (const { sheet, reach } of this.#inkings.values()) if (reach) wipe(sheet.loose, reach)
    for (const stroke of strokes.values()) this.#advance(stroke, frame)
    return false
  }

  dispose(): void {
    this.#inkings.clear()
    for (const sheet of this.#sheets.values()) sheet.remove()
    this.#sheets.clear()
    this.#frame = null
  }

  /** Sheets that are ahead keep their picture until the others show the finished strokes. */
  #rest(): boolean {
    const waits = Array.from(this.#sheets).every(([key, sheet]) => sheet.isAhead && key === OPAQUE)
    if (this.#inkings.size > 0 && waits && this.#lingering++ < BEHIND_FRAMES) return true
    this.dispose()
    return false
  }

  /** Whether what is painted stays as it is but for what is added. */
  #goesOn(strokes: ReadonlyMap<ShapeId, LiveStroke>, frame: InkFrame): boolean {
    if (this.#frame && !isSameFrame(this.#frame, frame)) return false
    return Array.from(this.#inkings).every(([id, { stroke }]) => {
      const next = strokes.get(id)
      return next !== undefined && looksSame(stroke, next)
    })
  }

  /** With the sheet that is always needed, if it has the size. */
  #startAnew(frame: InkFrame): void {
    const kept = this.#sheets.get(OPAQUE)
    if (!kept || !this.#frame || !isSameSize(this.#frame.view, frame.view)) return this.dispose()
    this.#sheets.delete(OPAQUE)
    this.dispose()
    this.#sheets.set(OPAQUE, kept)
    const { w, h } = deviceSize(frame.view)
    for (const context of [kept.settled, kept.loose]) wipe(context, { x: 0, y: 0, w, h })
  }

  #advance(stroke: LiveStroke, { view, theme }: InkFrame): void {
    const inking = this.#inkings.get(stroke.shape.id) ?? this.#begin(stroke, view)
    if (!inking) return
    inking.stroke = stroke
    const color = themeColor(stroke.shape.stroke, theme)
    const { pen, sheet } = inking
    fill(sheet.settled, pen.settled(), { stroke, color })
    const loose = pen.loose()
    fill(sheet.loose, loose, { stroke, color })
    inking.reach = reachOf(loose, stroke)
  }

  #begin(stroke: LiveStroke, view: View): Inking | null {
    const { id, opacity } = stroke.shape
    const key = opacity < 1 ? `stroke ${id}` : OPAQUE
    const sheet = this.#sheets.get(key) ?? this.#make(view, opacity)
    this.#isFailed ||= sheet === null
    if (!sheet) return null
    this.#sheets.set(key, sheet)
    const inking = { pen: new LivePen(stroke), sheet, stroke, reach: null }
    this.#inkings.set(id, inking)
    return inking
  }
}

function fill(
  context: CanvasRenderingContext2D,
  path: Path,
  { stroke, color }: { stroke: LiveStroke; color: string },
): void {
  if (path.length === 0) return
  context.setTransform(...stroke.matrix)
  context.fillStyle = color
  context.beginPath()
  tracePath(context, path)
  context.fill()
}

function wipe(context: CanvasRenderingContext2D, { x, y, w, h }: Box): void {
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.clearRect(x, y, w, h)
}

/** Whole device pixels, with one around for soft edges; nothing for an empty path. */
function reachOf(path: Path, { matrix }: LiveStroke): Box | null {
  if (path.length === 0) return null
  const { x, y, w, h } = expandBox(applyMatrixToBox(matrix, pathBounds(path)), 1)
  const [left, top] = [Math.floor(x), Math.floor(y)]
  return { x: left, y: top, w: Math.ceil(x + w) - left, h: Math.ceil(y + h) - top }
}

function isSameFrame(a: InkFrame, b: InkFrame): boolean {
  return a.theme === b.theme && isSameSize(a.view, b.view)
}

function isSameSize(a: View, b: View): boolean {
  return a.w === b.w && a.h === b.h && a.dpr === b.dpr
}

function looksSame(a: LiveStroke, b: LiveStroke): boolean {
  const [one, two] = [a.shape, b.shape]
  return (
    a.trail === b.trail &&
    a.matrix.every((value, i) => value === b.matrix[i]) &&
    one.stroke === two.stroke &&
    one.strokeWidth === two.strokeWidth &&
    one.opacity === two.opacity &&
    one.pressure === two.pressure
  )
}
