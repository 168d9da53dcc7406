/**
 * The lower layer: everything that holds still, put together from tiles.
 *
 * Paints what is seen first, a few milliseconds to a frame, then what may be seen next. Schedules
 * nothing: the renderer asks what is left to do.
 */
import type { Board, BoardChange, ShapeId } from '@kolam/board'
import { expandBox } from '@kolam/geometry'
import type { Box } from '@kolam/geometry'
import type { CreateContext } from './canvases.ts'
import { paintShapes } from './paint-shapes.ts'
import type { PaintJob } from './paint-shapes.ts'
import type { Ranks } from './ranks.ts'
import { Reach } from './reach.ts'
import { BACKGROUND } from './theme.ts'
import { cellPageBox, cellsInView, cellsOver, TILE, tileMatrix } from './tiles/grid.ts'
import type { Cell } from './tiles/grid.ts'
import { TileLayer } from './tiles/layer.ts'
import type { Deadline, TileSource } from './tiles/painter.ts'
import type { Surface } from './tiles/surface.ts'
import { powerOfTwoNear } from './tiles/target-scale.ts'
import { deviceScale, deviceSize } from './view.ts'
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
  'drawables' | 'images' | 'scratch' | 'onWaiting' | 'theme'
> & { readonly view: View }

/** What a scene layer is made of. */
export interface SceneLayerOptions {
  readonly surface: Surface
  readonly board: Board
  readonly ranks: Ranks
  /** What tiles are painted on before they are shown. */
  readonly create: CreateContext
}

/** What a frame of the scene is like: whether the board has stayed the same, and whether the camera moves. */
export interface SceneFrame {
  readonly deadline: Deadline
  readonly isQuiet: boolean
  readonly isMoving: boolean
}

/** What may be seen when somebody zooms out is painted this much smaller. */
const OVERVIEW = 4

/** Device pixels that a whole board takes at most, along its longer side, for whoever zooms all out. */
const MINIATURE = 1_024

/** Paints and keeps the scene. */
export class SceneLayer {
  readonly #board: Board
  readonly #ranks: Ranks
  readonly #tiles: TileLayer
  readonly #reach: Reach
  #state: SceneState = { hidden: new Set(), erasing: new Set(), editing: null }
  #isAheadDone = false

  constructor({ surface, board, ranks, create }: SceneLayerOptions) {
    this.#board = board
    this.#ranks = ranks
    this.#tiles = new TileLayer({ surface, create, isClear: false })
    this.#reach = new Reach(board)
  }

  /** Whether everything that is seen is there, as sharp as it can be. */
  get isComplete(): boolean {
    return this.#tiles.isComplete
  }

  /** Whether nothing of it would look different if it were painted anew. */
  get isSharp(): boolean {
    return this.#tiles.isSharp
  }

  /** Whether another frame would find something to do though nothing changed. */
  get hasMore(): boolean {
    return !this.isComplete || !this.#isAheadDone
  }

  /** What it holds, and how many shapes it has painted so far. */
  get tiles(): Pick<TileLayer, 'size' | 'bytes' | 'painted'> {
    return this.#tiles
  }

  /** Takes the damage of a change, unless all of it is hidden anyway. */
  note(change: BoardChange): void {
    this.#reach.note(change)
    const { affected, damage } = change
    if (affected.size === 0 || [...affected].some((id) => this.#isSeen(id))) this.damage(damage)
  }

  /** Paint a part of the page again. */
  damage(boxes: Iterable<Box>): void {
    this.#tiles.note([...boxes], (scale) => this.#reach.at(scale, this.#tiles.dpr))
  }

  /** Paint everything again; what is shown stays until then. */
  damageAll(): void {
    this.#tiles.noteAll()
  }

  /** The memory of all canvases is gone. */
  startAnew(): void {
    this.#tiles.startAnew()
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
    this.damage(Array.from(touched, (id) => this.#boundsOf(id)).flat())
    return touched.size > 0
  }

  /** Brings the picture as far up to date as there is time; `isQuiet` when the board has not changed. */
  paint(job: LayerJob, { deadline, isQuiet, isMoving }: SceneFrame): void {
    const { view, theme } = job
    const wasDone = this.#tiles.paint({ view, theme, deadline, source: this.#sourceFor(job) })
    if (!this.isComplete) return
    const cells = this.#ahead(view, isMoving)
    // What may be seen next waits for a frame in which nothing else is to be done.
    const isTime = isQuiet && wasDone
    this.#isAheadDone = false
    if (!this.isSharp && (!isTime || this.#tiles.refresh())) return
    const frame = { view, theme, deadline, source: this.#sourceFor(withoutLoading(job)) }
    const isDone = isTime ? this.#tiles.paintAhead(cells, frame) : this.#tiles.keep(cells)
    this.#isAheadDone = isDone && !isMoving
  }

  /** Around what is seen; at rest also, smaller, what is further out. */
  #ahead(view: View, isMoving: boolean): Cell[] {
    const scale = deviceScale(view)
    const { w, h } = deviceSize(view)
    const ring = cellsInView(view, scale, TILE / 2)
    if (isMoving) return ring
    const far = cellsInView(view, powerOfTwoNear(scale / OVERVIEW), Math.max(w, h))
    return [...ring, ...far, ...this.#miniature()]
  }

  /** The whole board on a few tiles, for whoever zooms far out. */
  #miniature(): Cell[] {
    const bounds = this.#board.contentBounds()
    if (!bounds) return []
    const scale = powerOfTwoNear(MINIATURE / Math.max(bounds.w, bounds.h, 1) / Math.SQRT2)
    return cellsOver(bounds, scale)
  }

  #sourceFor(job: LayerJob): TileSource {
    const paper = BACKGROUND[job.theme]
    return {
      find: (cell, rect) =>
        this.#find(cellPageBox(cell, rect), { scale: cell.scale, view: job.view }),
      paper: (context, { x, y, w, h }) => {
        context.fillStyle = paper
        context.fillRect(x, y, w, h)
      },
      shapes: (context, { cell, rect, ids }) => {
        const brush = this.#brush(context, cell.scale / job.view.dpr)
        const shapes = ids.map((id) => this.#board.shape(id)).filter((shape) => shape !== undefined)
        paintShapes({ ...job, ...brush, device: tileMatrix(cell), within: rect }, shapes)
      },
    }
  }

  #brush(context: CanvasRenderingContext2D, zoom: number) {
    const { erasing, editing } = this.#state
    return { context, zoom, erasing, editing, lookup: this.#board }
  }

  /** What may show in a part of the page, in painting order. */
  #find(page: Box, { scale, view }: { scale: number; view: View }): ShapeId[] {
    const { hidden } = this.#state
    const found = this.#board.search(expandBox(page, this.#reach.at(scale, view.dpr)))
    return this.#ranks.sort(hidden.size > 0 ? found.filter((id) => !hidden.has(id)) : found)
  }

  #boundsOf(id: ShapeId): Box[] {
    const ids = [id, ...this.#board.descendants(id)]
    return ids.filter((each) => this.#board.shape(each)).map((each) => this.#board.pageBounds(each))
  }

  /** Groups are affected by what is inside them but have nothing to paint. */
  #isSeen(id: ShapeId): boolean {
    return !this.#state.hidden.has(id) && this.#board.shape(id)?.kind !== 'group'
  }
}

/** Pictures that nobody sees are not loaded for it: they are painted when they are there. */
function withoutLoading(job: LayerJob): LayerJob {
  const { images } = job
  const peek: typeof images.peek = (asset) => images.peek(asset)
  const on: typeof images.on = (name, listener) => images.on(name, listener)
  return { ...job, images: { get: peek, peek, on }, onWaiting: () => {} }
}

function setOf(id: ShapeId | null): ReadonlySet<ShapeId> {
  return new Set(id === null ? [] : [id])
}

/** What is in one of the sets only. */
function difference<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): T[] {
  if (a === b || (a.size === 0 && b.size === 0)) return []
  return [...[...a].filter((each) => !b.has(each)), ...[...b].filter((each) => !a.has(each))]
}
