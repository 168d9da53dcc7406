/** Fewer points for the same line (Douglas-Peucker). Keeps points, never moves them. */
import { distanceToSegment } from './segment.ts'
import { type Vec } from './vec.ts'

/** The points of `points` needed to stay within `tolerance` of every one of them; both ends stay. */
export function simplify<T extends Vec>(points: readonly T[], tolerance: number): T[] {
  if (points.length < 3) return [...points]
  const kept = new Uint8Array(points.length)
  kept[0] = 1
  kept[points.length - 1] = 1
  // A stack of our own: a stroke of a hundred thousand points would overflow the call stack.
  const spans: [number, number][] = [[0, points.length - 1]]
  for (let span = spans.pop(); span !== undefined; span = spans.pop()) {
    const far = farthest(points, span)
    if (far === null || far.away <= tolerance) continue
    kept[far.index] = 1
    spans.push([span[0], far.index], [far.index, span[1]])
  }
  return points.filter((_, i) => kept[i] === 1)
}

function farthest(points: readonly Vec[], [first, last]: readonly [number, number]) {
  const a = points[first]!
  const b = points[last]!
  let far: { index: number; away: number } | null = null
  for (let index = first + 1; index < last; index++) {
    const away = distanceToSegment(points[index]!, a, b)
    if (far === null || away > far.away) far = { index, away }
  }
  return far
}
