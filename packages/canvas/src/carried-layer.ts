/**
 * Many shapes moved together: painted once as they were picked up, then only shown somewhere else.
 *
 * What is carried stays as it looked; when somebody else changes it meanwhile it is painted anew.
 */
import { withDrafts } from '@kolam/board'
import type { Board, BoardChange, Carried, Overlay, ShapeId, ShapeLookup } from '@kolam/board'
import { applyMatrixToBox, expandBox, SpatialIndex } from '@kolam/geometry'
import type { Box, Vec } from '@kolam/geometry'
import type { CreateContext } from './canvases.ts'
import { paintMargin } from './paint-margin.ts'
import { paintShapes } from './paint-shapes.ts'
import type { Ranks } from './ranks.ts'
import type { LayerJob } from './scene-layer.ts'
import { shapeBox } from './shape-box.ts'
import { cellPageBox, tileMatrix } from './tiles/grid.ts'
import { TileLayer } from './tiles/layer.ts'
import type { Deadline, TileSource } from './tiles/painter.ts'
import type { Surface } from './tiles/surface.ts'

/** Fewer are painted anew in each frame: that is sharper, and soon done. */
const CARRIED_MIN = 24

/** What was picked up. */
interface Load {
  readonly start: object
  readonly ids: ReadonlySet<ShapeId>
  /** How far it had been moved when it was looked at. */
  readonly from: Vec
  readonly lookup: ShapeLookup
  readonly index: SpatialIndex<ShapeId>
}

/** What a carried layer is made of. */
export interface CarriedLayerOptions {
  readonly surface: Surface
  readonly board: Board
  readonly ranks: Ranks
  readonly create: CreateContext
}

const NONE: ReadonlySet<ShapeId> = new Set()

/** Shows what is carried until it is told to hide it. */
export class CarriedLayer {
  readonly #board: Board
  readonly #ranks: Ranks
  readonly #tiles: TileLayer
  #load: Load | null = null
  #by: Vec = { x: 0, y: 0 }
  #isStale = false
  #isReady = false

  constructor({ surface, board, ranks, create }: CarriedLayerOptions) {
    this.#board = board
    this.#ranks = ranks
    this.#tiles = new TileLayer({ surface, create, isClear: true })
  }

  /** What it shows, or will: nobody else need paint it above the scene. */
  get ids(): ReadonlySet<ShapeId> {
    return this.#load?.ids ?? NONE
  }

  /** Whether all of it that was in view has been shown. */
  get isReady(): boolean {
    return this.#isReady
  }

  /** Whether another frame would find something to do though nothing changed. */
  get hasMore(): boolean {
    return this.#load !== null && !this.#tiles.isComplete
  }

  /** Follows a gesture; what it let go of is shown where it was until `hide`. */
  follow({ drafts, carried }: Overlay): void {
    if (!carried || drafts.size < CARRIED_MIN) {
      // A gesture that does more than move shows its drafts itself.
      if (drafts.size > 0) this.hide()
      return
    }
    if (!this.#goesOn(carried)) this.#pickUp(drafts, carried)
    this.#by = carried.by
  }

  #goesOn({ start }: Carried): boolean {
    return this.#load?.start === start && !this.#isStale
  }

  /** What was let go of a moment ago and is picked up again looks as it did. */
  #pickUp(drafts: Overlay['drafts'], { start, by }: Carried): void {
    const [old, shift] = [this.#load, this.#shift()]
    const load = loadOf(this.#board, drafts, { start, from: by })
    const isSame = old && !this.#isStale && old.start !== start && isSameSet(old.ids, load.ids)
    this.#isStale = false
    this.#load = isSame ? { ...old, start, from: { x: by.x - shift.x, y: by.y - shift.y } } : load
    if (isSame) return
    this.#tiles.forget()
    this.#isReady = false
  }

  /** How far it is from where it was painted. */
  #shift(): Vec {
    const { x, y } = this.#load?.from ?? this.#by
    return { x: this.#by.x - x, y: this.#by.y - y }
  }

  /** What somebody else changes is picked up again with the next drafts. */
  note({ affected, local }: Pick<BoardChange, 'affected' | 'local'>): void {
    const { ids } = this
    if (!local && ids.size > 0) this.#isStale ||= [...affected].some((id) => ids.has(id))
  }

  /** Everything it shows may look different: a font has arrived. */
  noteAll(): void {
    this.#tiles.noteAll()
  }

  /** The memory of all canvases is gone. */
  startAnew(): void {
    this.#tiles.startAnew()
  }

  /** It is shown by the scene again. */
  hide(): void {
    if (!this.#load) return
    this.#load = null
    this.#isReady = false
    this.#tiles.hide()
  }

  /** Shows what is carried where it is by now, as far as there is time to paint it. */
  paint(job: LayerJob, deadline: Deadline): void {
    const load = this.#load
    if (!load) return
    const { view, theme } = job
    const shifted = { ...view, camera: lessBy(view.camera, this.#shift()) }
    this.#tiles.paint({ view: shifted, theme, deadline, source: this.#sourceFor(job, load) })
    this.#isReady ||= this.#tiles.isComplete
  }

  #sourceFor(job: LayerJob, { index, lookup }: Load): TileSource {
    return {
      find: (cell, rect) =>
        this.#ranks.sort(index.search(expandBox(cellPageBox(cell, rect), 1 / cell.scale))),
      paper: (context, { x, y, w, h }) => context.clearRect(x, y, w, h),
      shapes: (context, { cell, rect, ids }) => {
        const zoom = cell.scale / job.view.dpr
        const brush = { context, zoom, lookup, device: tileMatrix(cell), within: rect }
        const shapes = ids.map((id) => lookup.shape(id)).filter((shape) => shape !== undefined)
        paintShapes({ ...job, ...brush, erasing: NONE, editing: null }, shapes)
      },
    }
  }
}

function isSameSet<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  return a.size === b.size && [...a].every((each) => b.has(each))
}

function lessBy<Camera extends Vec>(camera: Camera, { x, y }: Vec): Camera {
  return { ...camera, x: camera.x - x, y: camera.y - y }
}

/** The drafts and what is in them, with where they are painted. */
function loadOf(
  board: Board,
  drafts: Overlay['drafts'],
  { start, from }: Pick<Load, 'start' | 'from'>,
): Load {
  const lookup = withDrafts(board, drafts)
  const ids = new Set(drafts.keys())
  for (const { id, kind } of drafts.values()) {
    if (kind !== 'group' && kind !== 'frame') continue
    for (const inside of board.descendants(id)) ids.add(inside)
  }
  const index = new SpatialIndex<ShapeId>()
  index.load([...ids].flatMap((id) => paintedBox(id, lookup)))
  return { start, from, ids, lookup, index }
}

function paintedBox(id: ShapeId, lookup: ShapeLookup): [ShapeId, Box][] {
  const shape = lookup.shape(id)
  if (!shape) return []
  const box = expandBox(shapeBox(shape), paintMargin(shape))
  return [[id, applyMatrixToBox(lookup.pageTransform(id), box)]]
}
