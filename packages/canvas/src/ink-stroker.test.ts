import { seededRandom } from '@kolam/base'
import type { InkPoint } from '@kolam/board'
import {
  array,
  assert as check,
  boolean,
  double,
  integer,
  property,
  record,
  tuple,
} from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nibRadius } from './ink-nib.ts'
import { InkStroker, strokeOutline } from './ink-stroker.ts'
import { pathBounds } from './path.ts'
import { covers, edgeDistance, polygonsOf } from './testing/coverage.ts'

const NIB = { size: 5.6, pressure: false }

/** A hand: it turns a little or a lot, slowly or fast, now and then back. */
const hands = record({
  seed: integer({ min: 1, max: 1e9 }),
  length: integer({ min: 1, max: 160 }),
  wild: double({ min: 0.2, max: 6, noNaN: true }),
  pressure: boolean(),
})

function drawn({ seed, length, wild }: { seed: number; length: number; wild: number }): InkPoint[] {
  const random = seededRandom(seed)
  let [x, y, angle, speed] = [0, 0, 0, 3]
  return Array.from({ length }, (): InkPoint => {
    angle += (random() - 0.5) * wild
    speed = Math.max(0.2, Math.min(14, speed + (random() - 0.5) * 4))
    x += Math.cos(angle) * speed
    y += Math.sin(angle) * speed
    return [Math.round(x * 16) / 16, Math.round(y * 16) / 16, random()]
  })
}

describe('the outline of a stroke', () => {
  test('is covered by its pieces, whenever they were taken, and by nothing else', () => {
    check(
      property(hands, (hand) => {
        const [points, random] = [drawn(hand), seededRandom(hand.seed + 1)]
        const nib = { ...NIB, pressure: hand.pressure }
        const whole = polygonsOf(strokeOutline(points, nib))
        const stroker = new InkStroker(nib)
        const pieces = points.map((point) => {
          stroker.push(point)
          return polygonsOf(random() < 0.5 ? stroker.take() : [])
        })
        pieces.push(polygonsOf(stroker.finish()))
        for (let i = 0; i < 150; i++) {
          const [x, y] = points[Math.floor(random() * points.length)]!
          const probe = { x: x + (random() - 0.5) * 14, y: y + (random() - 0.5) * 14 }
          if (edgeDistance(whole, probe) < 0.2) continue
          const isCovered = pieces.some((polygons) => covers(polygons, probe))
          expect({ probe, isCovered }).toEqual({ probe, isCovered: covers(whole, probe) })
        }
      }),
    )
  })

  test('does not change by being looked at, and the rest begins where the pieces end', () => {
    check(
      property(hands, (hand) => {
        const points = drawn(hand)
        const [quiet, watched] = [new InkStroker(NIB), new InkStroker(NIB)]
        for (const point of points) {
          quiet.push(point)
          watched.push(point)
          watched.rest([[500, 500, 1]])
          expect(watched.rest()).toEqual(quiet.rest())
          expect(watched.take()).toEqual(quiet.take())
        }
        expect(watched.rest()).toEqual(watched.finish())
      }),
    )
  })

  test('keeps what is not sure short, however long the stroke and however tight its turns', () => {
    for (const radius of [0.5, 2, 6, 40]) {
      const stroker = new InkStroker(NIB)
      let longest = 0
      for (let i = 0; i < 3_000; i++) {
        stroker.push([radius * Math.cos(i / 3), radius * Math.sin(i / 3), 0.5])
        stroker.take()
        longest = Math.max(longest, stroker.rest().length)
      }
      expect(longest).toBeLessThan(300)
    }
  })

  test('reaches from the first to the last point, round, and no farther than half a width', () => {
    check(
      property(hands, (hand) => {
        const points = drawn(hand)
        const outline = polygonsOf(strokeOutline(points, NIB))
        for (const [x, y] of [points[0]!, points.at(-1)!]) {
          expect(covers(outline, { x: x + 0.01, y })).toBe(true)
        }
        const { x, y, w, h } = pathBounds(strokeOutline(points, NIB))
        const most = nibRadius(NIB, 1) * 1.3
        const xs = points.map(([at]) => at)
        const ys = points.map(([, at]) => at)
        expect(x).toBeGreaterThan(Math.min(...xs) - most)
        expect(y).toBeGreaterThan(Math.min(...ys) - most)
        expect(x + w).toBeLessThan(Math.max(...xs) + most)
        expect(y + h).toBeLessThan(Math.max(...ys) + most)
      }),
    )
  })

  test('is a disc for a dot, and nothing for nothing', () => {
    const { x, y, w, h } = pathBounds(strokeOutline([[5, 6, 0.5]], { ...NIB, pressure: true }))
    const radius = nibRadius(NIB, 0.5)
    for (const [is, should] of [
      [x, 5 - radius],
      [y, 6 - radius],
      [w, 2 * radius],
      [h, 2 * radius],
    ]) {
      expect(is).toBeCloseTo(should!)
    }
    expect(strokeOutline([], NIB)).toEqual([])
    expect(new InkStroker(NIB).rest()).toEqual([])
  })

  test('is wider where more was pressed, or where a simulated hand is slow', () => {
    const line = (step: number, felt: number): InkPoint[] =>
      Array.from({ length: 60 }, (_, i) => [i * step, 0, felt])
    const height = (points: InkPoint[], pressure: boolean): number =>
      pathBounds(strokeOutline(points, { ...NIB, pressure })).h
    expect(height(line(3, 1), true)).toBeGreaterThan(height(line(3, 0.2), true) * 1.3)
    expect(height(line(1, 0.5), false)).toBeGreaterThan(height(line(12, 0.5), false) * 1.2)
  })

  test('has numbers only, for any points', () => {
    const coordinate = double({ min: -1e6, max: 1e6, noNaN: true })
    const point = tuple(coordinate, coordinate, double({ min: 0, max: 1, noNaN: true }))
    check(
      property(array(point), double({ min: 0, max: 100, noNaN: true }), (points, size) => {
        const outline = strokeOutline([...points, ...points.slice(-1)], { size, pressure: false })
        expect(outline.every(Number.isFinite)).toBe(true)
      }),
    )
  })
})
