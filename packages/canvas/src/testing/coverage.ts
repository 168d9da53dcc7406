/** What filling a path covers, for tests that compare paths by what is seen of them. */
import type { Vec } from '@kolam/geometry'
import { ARITY, Op, walkPath } from '../path.ts'
import type { Path } from '../path.ts'

/** Straight pieces that stand for a curve. */
const CHORDS = 8

/** The closed polygons of a path, curves flattened. */
export function polygonsOf(path: Path): Vec[][] {
  const polygons: Vec[][] = []
  walkPath(path, (op, at) => {
    if (op === Op.close) return
    const numbers = path.slice(at, at + (ARITY[op] ?? 0))
    if (op === Op.move) polygons.push([])
    const polygon = polygons.at(-1) ?? []
    const from = polygon.at(-1) ?? { x: numbers[0] ?? 0, y: numbers[1] ?? 0 }
    for (const point of flattened([from.x, from.y, ...numbers])) polygon.push(point)
  })
  return polygons
}

/** Whether the nonzero rule fills `point`. */
export function covers(polygons: readonly Vec[][], point: Vec): boolean {
  return polygons.reduce((sum, polygon) => sum + winding(polygon, point), 0) !== 0
}

/** How far the nearest edge is. */
export function edgeDistance(polygons: readonly Vec[][], point: Vec): number {
  let nearest = Infinity
  for (const polygon of polygons) {
    polygon.forEach((a, i) => {
      nearest = Math.min(nearest, segmentDistance(point, polygon.at(i - 1) ?? a, a))
    })
  }
  return nearest
}

function flattened(numbers: readonly number[]): Vec[] {
  const chords = numbers.length > 4 ? CHORDS : 1
  return Array.from({ length: chords }, (_, i) => pointOn(numbers, (i + 1) / chords))
}

function pointOn(numbers: readonly number[], t: number): Vec {
  let left = numbers
  while (left.length > 2) {
    left = left.slice(2).map((value, i) => (left[i] ?? 0) * (1 - t) + value * t)
  }
  return { x: left[0] ?? 0, y: left[1] ?? 0 }
}

function winding(polygon: readonly Vec[], { x, y }: Vec): number {
  let turns = 0
  polygon.forEach((b, i) => {
    const a = polygon.at(i - 1) ?? b
    const isUp = a.y <= y && b.y > y
    const isDown = a.y > y && b.y <= y
    if (!isUp && !isDown) return
    const side = (b.x - a.x) * (y - a.y) - (x - a.x) * (b.y - a.y)
    if (isUp && side > 0) turns += 1
    if (isDown && side < 0) turns -= 1
  })
  return turns
}

function segmentDistance({ x, y }: Vec, a: Vec, b: Vec): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const square = dx * dx + dy * dy
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / square))
  return Math.hypot(x - a.x - dx * t, y - a.y - dy * t)
}
