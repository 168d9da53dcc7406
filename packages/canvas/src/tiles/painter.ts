/**
 * Paints tiles a few shapes at a time, so that no frame waits for a whole one.
 *
 * A tile is painted on the side and put in its place when it is finished: nobody sees half of one.
 */
import type { ShapeId } from '@kolam/board'
import { boxesIntersect, expandBox } from '@kolam/geometry'
import type { Box } from '@kolam/geometry'
import type { CreateContext } from '../canvases.ts'
import { cellPageBox, isSameCell, isWhole, TILE, WHOLE } from './grid.ts'
import type { Cell } from './grid.ts'
import type { TileStore } from './store.ts'

/** What a part of a tile is painted from. */
export interface TileSource {
  /** Everything that may show in the part, in painting order. */
  readonly find: (cell: Cell, rect: Box) => readonly ShapeId[]
  /** Bare paper. */
  readonly paper: (context: CanvasRenderingContext2D, rect: Box) => void
  readonly shapes: (
    context: CanvasRenderingContext2D,
    part: { readonly cell: Cell; readonly rect: Box; readonly ids: readonly ShapeId[] },
  ) => void
}

/** How long painting may go on: `now()` is in milliseconds. */
export interface Deadline {
  readonly now: () => number
  readonly atMs: number
}

interface Work {
  readonly cell: Cell
  readonly rect: Box
  readonly ids: readonly ShapeId[]
  next: number
  /** How many shapes are painted before the clock is looked at. */
  spell: number
}

/** A spell shorter than this may be longer next time; one that is longer than twice this must be shorter. */
const SPELL_MS = 1
const SPELL_SHAPES = 8
const SPELL_SHAPES_MAX = 512

/** What a painter is made of. */
export interface TilePainterOptions {
  readonly create: CreateContext
  /** Whether there is no paper under what is painted. */
  readonly isClear: boolean
}

/** Paints one part of one tile after the other. */
export class TilePainter {
  readonly #tiles: TileStore
  #bench: CanvasRenderingContext2D | null
  /** Drawing from a canvas makes the browser carry out what it was told to do there. */
  #probe: CanvasRenderingContext2D | null
  readonly #create: CreateContext
  readonly #isClear: boolean
  #painted = 0
  #work: Work | null = null

  constructor(tiles: TileStore, { create, isClear }: TilePainterOptions) {
    this.#tiles = tiles
    this.#create = create
    this.#isClear = isClear
    this.#bench = this.#makeBench()
    this.#probe = create({ w: 1, h: 1 }, { alpha: false })
  }

  /** How many shapes have been painted so far. */
  get painted(): number {
    return this.#painted
  }

  /** The cell that is half finished. */
  get current(): Cell | null {
    return this.#work?.cell ?? null
  }

  /** Parts of the page have changed: what is begun on a tile that is not there yet is begun again. */
  note(boxes: readonly Box[], reachAt: (scale: number) => number): void {
    const cell = this.current
    if (!cell || this.#tiles.get(cell)) return
    const page = expandBox(cellPageBox(cell), reachAt(cell.scale))
    if (boxes.some((box) => boxesIntersect(box, page))) this.#work = null
  }

  /** Forget what is half finished. */
  reset(): void {
    const work = this.#work
    this.#work = null
    const tile = work && this.#tiles.get(work.cell)
    if (tile) tile.dirty = [work.rect, ...tile.dirty]
  }

  /** Use canvases of now: those from before have lost their memory. */
  renew(): void {
    this.#work = null
    this.#bench = this.#makeBench()
    this.#probe = this.#create({ w: 1, h: 1 }, { alpha: false })
  }

  /** Brings a tile up to date, or as far as there is time; true when it is. */
  paint(
    cell: Cell,
    source: TileSource,
    { deadline, usedAt }: { deadline: Deadline; usedAt: number },
  ) {
    for (;;) {
      const rect = this.#nextRect(cell)
      if (!rect) return true
      this.#work ??= { cell, rect, ids: source.find(cell, rect), next: 0, spell: SPELL_SHAPES }
      if (!this.#paintOn(this.#work, source, deadline)) return false
      this.#finish(this.#work, usedAt)
      this.#work = null
    }
  }

  /** The part to paint next; what was begun on another tile is given up. */
  #nextRect(cell: Cell): Box | null {
    const work = this.#work
    if (work && isSameCell(work.cell, cell)) return work.rect
    this.reset()
    const tile = this.#tiles.get(cell)
    if (!tile) return WHOLE
    const [rect, ...others] = tile.dirty
    if (!rect) return null
    // What changes while it is painted is noted anew.
    tile.dirty = tile.picture ? others : []
    return tile.picture ? rect : WHOLE
  }

  #paintOn(work: Work, source: TileSource, { now, atMs }: Deadline): boolean {
    const bench = this.#bench
    if (!bench) return false
    if (work.next === 0) this.#within(work.rect, () => source.paper(bench, work.rect))
    while (work.next < work.ids.length) {
      const begun = now()
      const ids = work.ids.slice(work.next, work.next + work.spell)
      this.#within(work.rect, () => source.shapes(bench, { ...work, ids }))
      this.#probe?.drawImage(bench.canvas, 0, 0, 1, 1, 0, 0, 1, 1)
      work.next += ids.length
      this.#painted += ids.length
      const ended = now()
      work.spell = nextSpell(work.spell, ended - begun)
      if (ended >= atMs && work.next < work.ids.length) return false
    }
    return true
  }

  #makeBench(): CanvasRenderingContext2D | null {
    return this.#create({ w: TILE, h: TILE }, { alpha: this.#isClear })
  }

  #within(rect: Box, run: () => void): void {
    const bench = this.#bench
    if (!bench) return
    bench.save()
    bench.setTransform(1, 0, 0, 1, 0, 0)
    bench.beginPath()
    bench.rect(rect.x, rect.y, rect.w, rect.h)
    bench.clip()
    run()
    bench.restore()
  }

  #finish({ cell, rect, ids }: Work, usedAt: number): void {
    // A part of a tile that was thrown out meanwhile is no use by itself.
    if (!isWhole(rect) && !this.#tiles.get(cell)) return
    const tile = this.#tiles.put(cell, usedAt)
    tile.isPatched = !isWhole(rect)
    if (ids.length === 0 && isWhole(rect)) return this.#tiles.blank(tile)
    const picture = this.#tiles.pictureOf(tile)
    // Without memory for more pictures there is no painting on the side.
    if (!picture) this.#bench = null
    if (!picture || !this.#bench) return
    const { x, y, w, h } = rect
    if (this.#isClear) picture.clearRect(x, y, w, h)
    picture.drawImage(this.#bench.canvas, x, y, w, h, x, y, w, h)
  }
}

function nextSpell(shapes: number, ms: number): number {
  if (ms < SPELL_MS) return Math.min(SPELL_SHAPES_MAX, shapes * 2)
  return ms > 2 * SPELL_MS ? Math.max(1, shapes >> 1) : shapes
}
