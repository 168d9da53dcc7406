/**
 * The lower canvas: everything that holds still.
 *
 * Repaints as little as it can: damaged rectangles when the board changed, bare strips when the
 * camera slid, everything when it zoomed. Schedules nothing; the renderer says when.
 */
import type { Board, BoardChange, Shape, ShapeId } from '@kolam/board'
import { expandBox } from '@kolam/geometry'
import type { Box, Vec } from '@kolam/geometry'
import { NAME_ROOM, paintMargin } from './paint-margin.ts'
import { paintShapes } from './paint-shapes.ts'
import type { PaintJob } from './paint-shapes.ts'
import type { Ranks } from './ranks.ts'
import { exposedStrips, mergeRects } from './rects.ts'
import { BACKGROUND } from './theme.ts'
import type { Theme } from './theme.ts'
import { deviceOrigin, deviceScale, deviceSize, toDeviceRect, toPageBox } from './view.ts'
import type { View } from './view.ts'

/** What the scene leaves out or shows differently because it is under somebody's hands. */
export interface SceneState {
  /** Painted by the overlay instead. */
  readonly hidden: ReadonlySet<ShapeId>
  readonly erasing: ReadonlySet<ShapeId>
  readonly editing: ShapeId | null
}

/** What a layer needs of its renderer for one frame. */
export type LayerJob = Pick<
  PaintJob,
  'drawables' | 'images' | 'scratch' | 'onWaiting' | 'theme' | 'view'
>

/** How far outside of bounds the board's shapes may be painted. */
interface Reach {
  /** Page units. */
  readonly margin: number
  /** CSS pixels, whatever the zoom. */
  readonly names: number
}

const NO_REACH: Reach = { margin: 0, names: 0 }

/** Paints and keeps the scene. */
export class SceneLayer {
  readonly #context: CanvasRenderingContext2D
  readonly #board: Board
  readonly #ranks: Ranks
  #state: SceneState = { hidden: new Set(), erasing: new Set(), editing: null }
  #damage: Box[] = []
  #painted: { readonly view: View; readonly theme: Theme } | null = null
  #known: Reach | null = null

  constructor(context: CanvasRenderingContext2D, board: Board, ranks: Ranks) {
    this.#context = context
    this.#board = board
    this.#ranks = ranks
  }

  /** Takes the damage of a change, unless all of it is hidden anyway. */
  note({ damage, affected, added, changed }: BoardChange): void {
    for (const ids of [added, changed]) for (const id of ids) this.#widen(id)
    if (affected.size === 0 || [...affected].some((id) => this.#isSeen(id)))
      this.#damage.push(...damage)
  }

  /** Paint a part of the page again. */
  damage(boxes: Iterable<Box>): void {
    this.#damage.push(...boxes)
  }

  /** Paint everything again. */
  damageAll(): void {
    this.#painted = null
  }

  /** Change what is left out or shown differently; true if anything must be painted. */
  setState(state: SceneState): boolean {
    const before = this.#state
    this.#state = state
    const touched = new Set<ShapeId>([
      ...difference(before.hidden, state.hidden),
      ...difference(before.erasing, state.erasing),
      ...difference(setOf(before.editing), setOf(state.editing)),
    ])
    for (const id of touched) this.#damage.push(...this.#boundsOf(id))
    return touched.size > 0
  }

  /** Brings the canvas up to date. */
  paint(job: LayerJob): void {
    const bounds = deviceSize(job.view)
    const rects = mergeRects(this.#bareRects(job, bounds), bounds)
    this.#painted = { view: job.view, theme: job.theme }
    this.#damage = []
    for (const rect of rects) this.#repaint(job, rect)
  }

  /** What has to be painted; slides what can be kept to its new place. */
  #bareRects({ view, theme }: LayerJob, bounds: Box): Box[] {
    const painted = this.#painted
    if (!painted || painted.theme !== theme || !isSameLens(painted.view, view)) return [bounds]
    const [from, to] = [deviceOrigin(painted.view), deviceOrigin(view)]
    const shift = { x: to.x - from.x, y: to.y - from.y }
    if (Math.abs(shift.x) >= bounds.w || Math.abs(shift.y) >= bounds.h) return [bounds]
    if (shift.x !== 0 || shift.y !== 0) this.#slide(shift)
    const margin = this.#reach(view)
    return [
      ...exposedStrips(shift, bounds),
      ...this.#damage.map((box) => toDeviceRect(view, expandBox(box, margin))),
    ]
  }

  #slide(shift: Vec): void {
    const context = this.#context
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.globalAlpha = 1
    context.globalCompositeOperation = 'copy'
    context.drawImage(context.canvas, shift.x, shift.y)
    context.globalCompositeOperation = 'source-over'
  }

  #repaint(job: LayerJob, rect: Box): void {
    const context = this.#context
    context.save()
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.beginPath()
    context.rect(rect.x, rect.y, rect.w, rect.h)
    context.clip()
    context.fillStyle = BACKGROUND[job.theme]
    context.fillRect(rect.x, rect.y, rect.w, rect.h)
    this.#paintShapes(job, rect)
    context.restore()
  }

  #paintShapes(job: LayerJob, within: Box): void {
    const board = this.#board
    const { hidden, erasing, editing } = this.#state
    const found = board.search(toPageBox(job.view, within, this.#reach(job.view)))
    const ids = this.#ranks.sort(hidden.size > 0 ? found.filter((id) => !hidden.has(id)) : found)
    const shapes = ids.map((id) => board.shape(id)).filter((shape) => shape !== undefined)
    const scene = { context: this.#context, lookup: board, zoom: job.view.camera.zoom }
    paintShapes({ ...job, ...scene, within, erasing, editing }, shapes)
  }

  #boundsOf(id: ShapeId): Box[] {
    const ids = [id, ...this.#board.descendants(id)]
    return ids.filter((each) => this.#board.shape(each)).map((each) => this.#board.pageBounds(each))
  }

  /** Groups are affected by what is inside them but have nothing to paint. */
  #isSeen(id: ShapeId): boolean {
    return !this.#state.hidden.has(id) && this.#board.shape(id)?.kind !== 'group'
  }

  /** Page units paint may reach outside of bounds, at this zoom. */
  #reach({ camera }: View): number {
    this.#known ??= Array.from(this.#board.shapes()).reduce(furthest, NO_REACH)
    return this.#known.margin + this.#known.names / camera.zoom
  }

  /** The reach only grows: what was painted far out must also be found to be wiped. */
  #widen(id: ShapeId): void {
    const shape = this.#board.shape(id)
    if (this.#known && shape) this.#known = furthest(this.#known, shape)
  }
}

function furthest({ margin, names }: Reach, shape: Shape): Reach {
  const isNamed = shape.kind === 'frame' || shape.kind === 'foreign'
  return {
    margin: Math.max(margin, paintMargin(shape)),
    names: isNamed ? NAME_ROOM : names,
  }
}

function isSameLens(a: View, b: View): boolean {
  return deviceScale(a) === deviceScale(b) && a.w === b.w && a.h === b.h && a.dpr === b.dpr
}

function setOf(id: ShapeId | null): ReadonlySet<ShapeId> {
  return new Set(id === null ? [] : [id])
}

/** What is in one of the sets only. */
function difference<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): T[] {
  if (a === b || (a.size === 0 && b.size === 0)) return []
  return [...[...a].filter((each) => !b.has(each)), ...[...b].filter((each) => !a.has(each))]
}
