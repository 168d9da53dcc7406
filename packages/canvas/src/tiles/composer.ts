/**
 * Which tiles are shown, and where. Where the tile that belongs somewhere is not painted yet, the best of
 * what there is at other scales stands in for it. Pure.
 */
import { intersectBoxes } from '@kolam/geometry'
import type { Box } from '@kolam/geometry'
import type { View } from '../view.ts'
import { cellPageBox, cellRect } from './grid.ts'
import type { Cell } from './grid.ts'
import type { Tile, TileStore } from './store.ts'
import type { Piece } from './surface.ts'

/** Pictures of so many scales at most are laid over each other for one tile. */
const STAND_INS_MAX = 3

/** Enlarged more than this, nobody can make out what it is. */
const ENLARGED_MAX = 64

/** What is seen of the tiles: those that stand in for others first, the worst of them lowest. */
export function compose(view: View, cells: readonly Cell[], tiles: TileStore): Piece[] {
  const missing = cells.filter((cell) => !tiles.get(cell))
  const others = new Set(missing.flatMap((cell) => standIns(tiles, cell)))
  const standing = [...others].sort(
    (a, b) => unlikeness(b.scale, scaleOf(cells)) - unlikeness(a.scale, scaleOf(cells)),
  )
  const pieces = standing.filter(({ picture }) => picture).map((tile) => pieceOf(view, tile))
  const isCovering = pieces.length > 0
  for (const cell of cells) {
    const tile = tiles.get(cell)
    // Bare paper need not be shown, unless what stands in for a neighbour reaches over it.
    if (tile && (tile.picture || isCovering)) pieces.push(pieceOf(view, tile))
  }
  return pieces
}

function pieceOf(view: View, tile: Tile): Piece {
  return { picture: tile.picture, rect: cellRect(view, tile) }
}

function scaleOf([first]: readonly Cell[]): number {
  return first?.scale ?? 1
}

/** Tiles of other scales that show parts of the cell. */
function standIns(tiles: TileStore, cell: Cell): Tile[] {
  const page = cellPageBox(cell)
  const found: Tile[][] = []
  for (const scale of byLikeness(tiles.scales(), cell.scale)) {
    const parts = [...tiles.level(scale)].filter((tile) => shared(cellPageBox(tile), page) > 0)
    if (parts.length > 0) found.push(parts)
    if (found.length === STAND_INS_MAX || coverage(parts, page) > 0.999) break
  }
  return found.flat()
}

/** The likest scale first. */
function byLikeness(scales: Iterable<number>, to: number): number[] {
  const fit = [...scales].filter((scale) => scale !== to && to / scale <= ENLARGED_MAX)
  return fit.sort((a, b) => unlikeness(a, to) - unlikeness(b, to))
}

/** How little one scale serves as another; of two as far away the finer serves better. */
function unlikeness(scale: number, to: number): number {
  return Math.abs(Math.log2(scale / to)) - (scale > to ? 0.01 : 0)
}

/** How much of a page box the tiles of one scale show, 0…1. */
function coverage(parts: readonly Tile[], page: Box): number {
  return parts.reduce((sum, tile) => sum + shared(cellPageBox(tile), page), 0) / (page.w * page.h)
}

/** The area two boxes share. */
function shared(a: Box, b: Box): number {
  const box = intersectBoxes(a, b)
  return box ? box.w * box.h : 0
}
