/**
 * The page cut into squares of the same number of device pixels, at any scale. Pure.
 *
 * Squares of one scale meet without gaps on whole device pixels, so that no seam shows between them
 * whatever scale they are shown at.
 */
import type { Box, Matrix } from '@kolam/geometry'
import { deviceOrigin, deviceScale, deviceSize } from '../view.ts'
import type { View } from '../view.ts'

/** Device pixels along the side of a tile. */
export const TILE = 512

/** One square of the page: `scale` is device pixels per page unit where it is painted. */
export interface Cell {
  readonly scale: number
  readonly tx: number
  readonly ty: number
}

/** The whole of a tile, in its own pixels. */
export const WHOLE: Box = Object.freeze({ x: 0, y: 0, w: TILE, h: TILE })

/** Whether a part is all of a tile. */
export function isWhole({ w, h }: Box): boolean {
  return w === TILE && h === TILE
}

/** Names a cell among those of its scale. */
export function cellKey({ tx, ty }: Cell): string {
  return `${tx},${ty}`
}

/** Whether both are the same square. */
export function isSameCell(a: Cell, b: Cell): boolean {
  return a.tx === b.tx && a.ty === b.ty && a.scale === b.scale
}

/** The part of the page a cell shows, or a part of it in the tile's own pixels. */
export function cellPageBox({ scale, tx, ty }: Cell, rect: Box = WHOLE): Box {
  return {
    x: (tx * TILE + rect.x) / scale,
    y: (ty * TILE + rect.y) / scale,
    w: rect.w / scale,
    h: rect.h / scale,
  }
}

/** Page space to a tile's own pixels. */
export function tileMatrix({ scale, tx, ty }: Cell): Matrix {
  return [scale, 0, 0, scale, -tx * TILE, -ty * TILE]
}

/** Where a part of the page lies on a tile: the whole pixels it touches. */
export function toTileRect({ scale, tx, ty }: Cell, { x, y, w, h }: Box): Box {
  const [left, top] = [Math.floor(x * scale) - tx * TILE, Math.floor(y * scale) - ty * TILE]
  const right = Math.ceil((x + w) * scale) - tx * TILE
  const bottom = Math.ceil((y + h) * scale) - ty * TILE
  return { x: left, y: top, w: right - left, h: bottom - top }
}

/** Where a cell, or a part of it, lies on the canvas: whole device pixels, neighbours share edges. */
export function cellRect(view: View, { scale, tx, ty }: Cell, rect: Box = WHOLE): Box {
  const ratio = deviceScale(view) / scale
  const origin = deviceOrigin(view)
  const x = Math.round((tx * TILE + rect.x) * ratio) + origin.x
  const y = Math.round((ty * TILE + rect.y) * ratio) + origin.y
  const right = Math.round((tx * TILE + rect.x + rect.w) * ratio) + origin.x
  const bottom = Math.round((ty * TILE + rect.y + rect.h) * ratio) + origin.y
  return { x, y, w: right - x, h: bottom - y }
}

/** The cells of a scale that are seen, or within `around` device pixels of it; nearest to the middle first. */
export function cellsInView(view: View, scale: number, around = 0): Cell[] {
  const ratio = deviceScale(view) / scale
  const { w, h } = deviceSize(view)
  const origin = deviceOrigin(view)
  const side = TILE * ratio
  const columns = span({ from: -origin.x - around, to: w - origin.x + around, side })
  const rows = span({ from: -origin.y - around, to: h - origin.y + around, side })
  const cells = rows.flatMap((ty) => columns.map((tx) => ({ scale, tx, ty })))
  const [midX, midY] = [(w / 2 - origin.x) / side - 0.5, (h / 2 - origin.y) / side - 0.5]
  const far = ({ tx, ty }: Cell): number => Math.hypot(tx - midX, ty - midY)
  return cells.sort((a, b) => far(a) - far(b))
}

/** The cells of a scale that show a part of the page. */
export function cellsOver({ x, y, w, h }: Box, scale: number): Cell[] {
  const side = TILE / scale
  const columns = span({ from: x, to: x + w, side })
  return span({ from: y, to: y + h, side }).flatMap((ty) =>
    columns.map((tx) => ({ scale, tx, ty })),
  )
}

/** The places along one axis that share more than an edge with what lies between. */
function span({ from, to, side }: { from: number; to: number; side: number }): number[] {
  const first = Math.floor(from / side)
  const count = Math.max(0, Math.ceil(to / side) - first)
  return Array.from({ length: count }, (_, i) => first + i)
}
