/** How much two pictures differ, and where. Runs in the page. */
import { TILE } from '../../../packages/canvas/src/tiles/grid.ts'

/** Levels of 255 that two smoothed edges may be apart. */
const EDGE_LEVELS = 24

/** Levels of 255 that rounding may make of one colour. */
const FLAT_LEVELS = 2

/** Pixels from an edge within which its smoothing may show. */
const AROUND = 2

/** What `countDifferences` finds; shares are 0…1. */
export interface Differences {
  /** Of all pixels, those further apart than smoothed edges may be. */
  readonly share: number
  /** The same among the pixels right beside the border between two tiles. */
  readonly atBorders: number
  /** Of all pixels, those that differ though the picture should be of one colour all around. */
  readonly flat: number
  /** The first pixel that is further apart and the first in a flat area, for whoever looks for the cause. */
  readonly spots: readonly string[]
}

/** Compares with what it should be; `origin` is a place where the borders of tiles cross. */
export function countDifferences(
  picture: ImageData,
  wanted: ImageData,
  origin: { readonly x: number; readonly y: number } = { x: 0, y: 0 },
): Differences {
  const { width, height, data } = wanted
  if (picture.width !== width || picture.height !== height) throw new Error('Not of one size')
  const [columns, rows] = [borders(width, origin.x), borders(height, origin.y)]
  const found = { edges: 0, atBorders: 0, flat: 0 }
  const spots: string[] = []
  for (let i = 0; i < data.length; i += 4) {
    const apart = apartAt(picture.data, data, i)
    if (apart <= FLAT_LEVELS) continue
    const [x, y] = [(i / 4) % width, Math.floor(i / 4 / width)]
    const isEdge = apart > EDGE_LEVELS
    const isInFlat = isFlat(wanted, x, y)
    if (isEdge) found.edges++
    if (isEdge && (columns[x] || rows[y])) found.atBorders++
    if (isInFlat) found.flat++
    if ((isEdge && found.edges === 1) || (isInFlat && found.flat === 1)) {
      spots.push(`${x},${y}: ${colorAt(data, i)} is ${colorAt(picture.data, i)}`)
    }
  }
  const count = (places: readonly boolean[]): number => places.filter(Boolean).length
  const beside = Math.max(1, count(rows) * width + count(columns) * height)
  const pixels = width * height
  const { edges, atBorders, flat } = found
  return { share: edges / pixels, atBorders: atBorders / beside, flat: flat / pixels, spots }
}

/** How many pixels are of one colour, and where the first of them is. */
export function findColor(
  { data, width }: ImageData,
  [red, green, blue]: readonly [number, number, number],
): { readonly count: number; readonly first: readonly [x: number, y: number] } {
  const word = ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
  const words = new Uint32Array(data.buffer)
  const first = words.indexOf(word)
  let count = 0
  for (let i = first; i >= 0 && i < words.length; i++) if (words[i] === word) count++
  return { count, first: [first % width, Math.floor(first / width)] }
}

/** The pixels of a PNG in base64. */
export async function pictureOf(png: string): Promise<ImageData> {
  const bytes = Uint8Array.from(atob(png), (char) => char.charCodeAt(0))
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
  const { width, height } = bitmap
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!
  context.drawImage(bitmap, 0, 0)
  return context.getImageData(0, 0, width, height)
}

/** Which places along one axis are beside a border. */
function borders(length: number, from: number): boolean[] {
  return Array.from({ length }, (_, at) => {
    const place = (((at - from) % TILE) + TILE) % TILE
    return place === 0 || place === TILE - 1
  })
}

function colorAt(data: Uint8ClampedArray, i: number): string {
  return data.slice(i, i + 3).join()
}

function apartAt(a: Uint8ClampedArray, b: Uint8ClampedArray, i: number): number {
  const [red, green] = [Math.abs(a[i]! - b[i]!), Math.abs(a[i + 1]! - b[i + 1]!)]
  return Math.max(red, green, Math.abs(a[i + 2]! - b[i + 2]!))
}

/** Whether the pixel and all around it are of one colour; at the edge of the picture nobody knows. */
function isFlat({ width, height, data }: ImageData, x: number, y: number): boolean {
  if (x < AROUND || y < AROUND || x >= width - AROUND || y >= height - AROUND) return false
  const words = new Uint32Array(data.buffer)
  const color = words[y * width + x]
  for (let py = y - AROUND; py <= y + AROUND; py++) {
    for (let px = x - AROUND; px <= x + AROUND; px++) {
      if (words[py * width + px] !== color) return false
    }
  }
  return true
}
