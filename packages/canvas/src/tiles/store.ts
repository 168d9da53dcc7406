/** Tiles that are painted, by scale and place; the least recently used go when there are too many. */
import { boxesIntersect, expandBox, unionBoxes } from '@kolam/geometry'
import type { Box } from '@kolam/geometry'
import type { CreateContext } from '../canvases.ts'
import { mergeRects } from '../rects.ts'
import { cellKey, cellPageBox, TILE, toTileRect, WHOLE } from './grid.ts'
import type { Cell } from './grid.ts'

/** A painted tile. */
export interface Tile extends Cell {
  /** Null when there is nothing but paper. */
  picture: CanvasRenderingContext2D | null
  /** What has changed since it was painted, in its own pixels. */
  dirty: readonly Box[]
  /** Parts of it were painted alone: where they meet the rest, edges may be smoothed a shade differently. */
  isPatched: boolean
  /** When it was last wanted. */
  usedAt: number
}

/** One tile's pixels. */
export const TILE_BYTES = TILE * TILE * 4

/** Tiles of bare paper take no pixels, but are not kept without end either. */
const TILES_MAX = 2_048

/** More changes on one tile are taken as one. */
const HITS_MAX = 16

/** Contexts that are kept for the next tiles rather than made anew. */
const SPARE_MAX = 16

/** Keeps tiles. */
export class TileStore {
  readonly #create: CreateContext
  readonly #alpha: boolean
  readonly #levels = new Map<number, Map<string, Tile>>()
  readonly #spare: CanvasRenderingContext2D[] = []
  #pictures = 0
  #hasNewPictures = false
  #size = 0

  constructor(create: CreateContext, { alpha = false }: { alpha?: boolean } = {}) {
    this.#create = create
    this.#alpha = alpha
  }

  get size(): number {
    return this.#size
  }

  /** Of the tiles; spare ones are not counted. */
  get bytes(): number {
    return this.#pictures * TILE_BYTES
  }

  get(cell: Cell): Tile | undefined {
    return this.#levels.get(cell.scale)?.get(cellKey(cell))
  }

  /** The scales there are tiles of. */
  scales(): Iterable<number> {
    return this.#levels.keys()
  }

  /** The tiles of a scale. */
  level(scale: number): Iterable<Tile> {
    return this.#levels.get(scale)?.values() ?? []
  }

  /** The tile of a cell, painted from now on; with nothing on it unless a picture is made. */
  put(cell: Cell, usedAt: number): Tile {
    const known = this.get(cell)
    if (known) return known
    const tile: Tile = { ...cell, picture: null, dirty: [], isPatched: false, usedAt }
    const level = this.#levels.get(cell.scale) ?? new Map<string, Tile>()
    this.#levels.set(cell.scale, level.set(cellKey(cell), tile))
    this.#size++
    return tile
  }

  /** Something to paint the tile on, kept with it; null when there is none to be had. */
  pictureOf(tile: Tile): CanvasRenderingContext2D | null {
    if (tile.picture) return tile.picture
    tile.picture = this.#spare.pop() ?? this.#create({ w: TILE, h: TILE }, { alpha: this.#alpha })
    if (tile.picture) this.#pictures++
    this.#hasNewPictures = true
    return tile.picture
  }

  /** Whether a tile has got or lost a picture since this was last asked. */
  hasNewPictures(): boolean {
    const answer = this.#hasNewPictures
    this.#hasNewPictures = false
    return answer
  }

  /** There is nothing but paper on the tile. */
  blank(tile: Tile): void {
    if (!tile.picture) return
    this.#pictures--
    if (this.#spare.length < SPARE_MAX) this.#spare.push(tile.picture)
    tile.picture = null
    this.#hasNewPictures = true
  }

  /** Parts of the page have changed; paint reaches `reachAt(scale)` page units further. */
  note(boxes: readonly Box[], reachAt: (scale: number) => number): void {
    if (boxes.length === 0) return
    for (const [scale, tiles] of this.#levels) {
      const reach = reachAt(scale)
      const reached = boxes.map((box) => expandBox(box, reach))
      for (const tile of tiles.values()) noteOn(tile, reached)
    }
  }

  /** Everything has changed. */
  noteAll(): void {
    for (const tiles of this.#levels.values()) {
      for (const tile of tiles.values()) tile.dirty = [WHOLE]
    }
  }

  /** Throws out what was used longest ago until at most `bytesMax` are kept; nothing used at `now`. */
  trim(bytesMax: number, now: number): void {
    if (this.bytes <= bytesMax && this.#size <= TILES_MAX) return
    const old = [...this.#levels.values()].flatMap((tiles) => [...tiles.values()])
    for (const tile of old.sort((a, b) => a.usedAt - b.usedAt)) {
      if (tile.usedAt >= now || (this.bytes <= bytesMax && this.#size <= TILES_MAX)) return
      this.#drop(tile)
    }
  }

  clear(): void {
    for (const tiles of this.#levels.values()) for (const tile of tiles.values()) this.blank(tile)
    this.#levels.clear()
    this.#size = 0
  }

  /** Use none of the canvases there were. */
  forgetSpare(): void {
    this.#spare.length = 0
  }

  #drop(tile: Tile): void {
    this.blank(tile)
    const level = this.#levels.get(tile.scale)
    level?.delete(cellKey(tile))
    if (level?.size === 0) this.#levels.delete(tile.scale)
    this.#size--
  }
}

function noteOn(tile: Tile, boxes: readonly Box[]): void {
  const page = cellPageBox(tile)
  const hit = boxes.filter((box) => boxesIntersect(box, page))
  if (hit.length === 0) return
  const around = hit.length > HITS_MAX ? unionBoxes(hit) : null
  const rects = (around ? [around] : hit).map((box) => toTileRect(tile, box))
  tile.dirty = mergeRects([...tile.dirty, ...rects], WHOLE)
}
