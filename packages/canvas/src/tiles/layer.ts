/**
 * A picture of part of the board, kept as tiles: paints what is seen, a few milliseconds to a frame, and
 * shows it. Knows no shapes.
 */
import type { Box } from '@kolam/geometry'
import type { CreateContext } from '../canvases.ts'
import { BACKGROUND } from '../theme.ts'
import type { Theme } from '../theme.ts'
import { deviceScale, deviceSize, isSameView } from '../view.ts'
import type { View } from '../view.ts'
import { compose } from './composer.ts'
import { cellsInView, isSameCell, TILE, WHOLE } from './grid.ts'
import type { Cell } from './grid.ts'
import { TilePainter } from './painter.ts'
import type { Deadline, TileSource } from './painter.ts'
import { TILE_BYTES, TileStore } from './store.ts'
import type { Surface } from './surface.ts'
import { TargetScale } from './target-scale.ts'

/** What a layer is made of. */
export interface TileLayerOptions {
  readonly surface: Surface
  /** What tiles are painted on before they are shown. */
  readonly create: CreateContext
  /** Whether what lies below is seen where nothing is painted. */
  readonly isClear: boolean
}

/** What a frame is painted with. */
export interface TileFrame {
  readonly view: View
  readonly theme: Theme
  readonly source: TileSource
  readonly deadline: Deadline
}

/** Tiles are kept for so many times what is seen, between these. */
const KEPT_VIEWS = 8
const KEPT_BYTES_MIN = 64 * 1024 * 1024
const KEPT_BYTES_MAX = 256 * 1024 * 1024

/** What is shown now. */
interface Shown {
  readonly view: View
  readonly theme: Theme
  readonly scale: number
}

/** Keeps the tiles. */
export class TileLayer {
  readonly #surface: Surface
  readonly #tiles: TileStore
  readonly #painter: TilePainter
  readonly #isClear: boolean
  readonly #target = new TargetScale()
  #shown: Shown | null = null
  /** Counts frames, to tell which tiles were used lately. */
  #frame = 0
  #isComplete = false
  /** What is seen. */
  #cells: readonly Cell[] = []

  constructor({ surface, create, isClear }: TileLayerOptions) {
    this.#surface = surface
    this.#isClear = isClear
    this.#tiles = new TileStore(surface.create, { alpha: isClear })
    this.#painter = new TilePainter(this.#tiles, { create, isClear })
  }

  /** Whether everything that is seen is there, as sharp as it can be. */
  get isComplete(): boolean {
    return this.#isComplete
  }

  /** Whether it is complete, and no tile is patched. */
  get isSharp(): boolean {
    return this.#isComplete && !this.#cells.some((cell) => this.#tiles.get(cell)?.isPatched)
  }

  /** Device pixels per CSS pixel, as last shown. */
  get dpr(): number {
    return this.#shown?.view.dpr ?? 1
  }

  get bytes(): number {
    return this.#tiles.bytes
  }

  get size(): number {
    return this.#tiles.size
  }

  /** How many shapes have been painted on tiles so far. */
  get painted(): number {
    return this.#painter.painted
  }

  /** Parts of the page have changed; paint reaches `reachAt(scale)` page units further. */
  note(boxes: readonly Box[], reachAt: (scale: number) => number): void {
    this.#painter.note(boxes, reachAt)
    this.#tiles.note(boxes, reachAt)
  }

  /** Everything has changed; what is shown stays until it is painted again. */
  noteAll(): void {
    this.#painter.reset()
    this.#tiles.noteAll()
  }

  /** Keeps nothing. */
  forget(): void {
    this.#painter.reset()
    this.#tiles.clear()
    this.#shown = null
    this.#isComplete = false
  }

  /** Shows nothing and keeps nothing. */
  hide(): void {
    const shown = this.#shown
    this.forget()
    if (shown) this.#surface.show([], this.#ground(shown))
  }

  /** The memory of all canvases is gone. */
  startAnew(): void {
    this.forget()
    this.#tiles.forgetSpare()
    this.#painter.renew()
  }

  /** Brings the picture as far up to date as there is time; true when there was nothing to paint. */
  paint(frame: TileFrame): boolean {
    const { view, theme, deadline } = frame
    const shown = this.#shown
    if (shown && (shown.theme !== theme || shown.view.dpr !== view.dpr)) this.forget()
    this.#frame++
    const scale = this.#target.at(deviceScale(view), deadline.now())
    const cells = cellsInView(view, scale)
    this.#cells = cells
    const wasDone = this.#areDone(cells)
    const isFresh = this.#paintCells(cells, frame)
    this.#isComplete = !this.#target.isZooming && this.#areDone(cells)
    this.#compose({ view, theme, scale }, { cells, isFresh })
    this.#tiles.trim(keptBytes(view), this.#frame)
    return wasDone
  }

  /** Has a tile that is seen and patched painted anew from the next frame on; false if there is none. */
  refresh(): boolean {
    const cell = this.#cells.find((each) => this.#tiles.get(each)?.isPatched)
    const tile = cell && this.#tiles.get(cell)
    if (tile) tile.dirty = [WHOLE]
    return tile !== undefined
  }

  /** Keeps these cells, and paints them if there is time; true when all of them are there. */
  paintAhead(cells: readonly Cell[], frame: TileFrame): boolean {
    this.#touch(cells)
    if (frame.deadline.now() < frame.deadline.atMs) this.#paintCells(cells, frame)
    return this.#areDone(cells)
  }

  /** Keeps these cells though they are not seen. */
  keep(cells: readonly Cell[]): boolean {
    this.#touch(cells)
    return this.#areDone(cells)
  }

  /** Paints what is missing or has changed; true if a tile is new. */
  #paintCells(cells: readonly Cell[], { source, deadline }: TileFrame): boolean {
    this.#touch(cells)
    const before = this.#tiles.size
    for (const cell of this.#inOrder(cells.filter((each) => !this.#isDone(each)))) {
      const isDone = this.#painter.paint(cell, source, { deadline, usedAt: this.#frame })
      if (!isDone || deadline.now() >= deadline.atMs) break
    }
    return this.#tiles.size > before
  }

  #touch(cells: readonly Cell[]): void {
    for (const cell of cells) {
      const tile = this.#tiles.get(cell)
      if (tile) tile.usedAt = this.#frame
    }
  }

  /** What is begun first; then what is wrong, then what is missing. */
  #inOrder(cells: readonly Cell[]): Cell[] {
    const { current } = this.#painter
    const rank = (cell: Cell): number => {
      if (current && isSameCell(current, cell)) return 0
      return this.#tiles.get(cell) ? 1 : 2
    }
    return cells.toSorted((a, b) => rank(a) - rank(b))
  }

  #areDone(cells: readonly Cell[]): boolean {
    return cells.every((cell) => this.#isDone(cell))
  }

  #isDone(cell: Cell): boolean {
    const tile = this.#tiles.get(cell)
    const { current } = this.#painter
    return tile !== undefined && tile.dirty.length === 0 && !(current && isSameCell(current, cell))
  }

  /** Shows what is not shown yet. */
  #compose(next: Shown, { cells, isFresh }: { cells: readonly Cell[]; isFresh: boolean }): void {
    const shown = this.#shown
    const isSame = shown?.scale === next.scale && isSameView(shown.view, next.view)
    this.#shown = next
    const hasNewPictures = this.#tiles.hasNewPictures()
    // What is painted on a tile that is shown already is seen without being put anywhere.
    if (isSame && !isFresh && !hasNewPictures) return
    const pieces = compose(next.view, cells, this.#tiles)
    this.#surface.show(pieces, this.#ground(next))
  }

  #ground({ theme, view: { dpr } }: Shown) {
    return { paper: this.#isClear ? null : BACKGROUND[theme], dpr }
  }
}

function keptBytes(view: View): number {
  const { w, h } = deviceSize(view)
  const tiles = Math.ceil(w / TILE + 1) * Math.ceil(h / TILE + 1)
  return Math.min(KEPT_BYTES_MAX, Math.max(KEPT_BYTES_MIN, tiles * TILE_BYTES * KEPT_VIEWS))
}
