import { describe, expect, test } from 'vitest'
import type { Box } from '@kolam/geometry'
import { seededRandom } from '@kolam/base'
import { exposedStrips, mergeRects, RECTS_MAX } from './rects.ts'

const SCREEN: Box = { x: 0, y: 0, w: 100, h: 60 }
const rect = (x: number, y: number, w: number, h: number): Box => ({ x, y, w, h })
const covers = (rects: readonly Box[], x: number, y: number) =>
  rects.filter((r) => x >= r.x && y >= r.y && x < r.x + r.w && y < r.y + r.h).length

describe('exposedStrips', () => {
  test('a picture moved right and down leaves a strip on top and one on the left', () => {
    expect(exposedStrips({ x: 10, y: 5 }, SCREEN)).toEqual([rect(0, 0, 100, 5), rect(0, 5, 10, 55)])
  })

  test('a picture moved left and up leaves a strip below and one on the right', () => {
    expect(exposedStrips({ x: -10, y: -5 }, SCREEN)).toEqual([
      rect(0, 55, 100, 5),
      rect(90, 0, 10, 55),
    ])
  })

  test('moved along one axis it leaves one strip; not moved, none; moved away, everything', () => {
    expect(exposedStrips({ x: 0, y: 7 }, SCREEN)).toEqual([rect(0, 0, 100, 7)])
    expect(exposedStrips({ x: -7, y: 0 }, SCREEN)).toEqual([rect(93, 0, 7, 60)])
    expect(exposedStrips({ x: 0, y: 0 }, SCREEN)).toEqual([])
    expect(exposedStrips({ x: 5, y: 500 }, SCREEN)).toEqual([SCREEN])
  })

  test('strips and the picture that stays cover each pixel once', () => {
    for (const shift of [
      { x: 30, y: -20 },
      { x: -99, y: 59 },
      { x: 100, y: 3 },
      { x: 1, y: 0 },
    ]) {
      const strips = exposedStrips(shift, SCREEN)
      const kept = rect(shift.x, shift.y, 100, 60)
      for (let x = 0; x < 100; x += 3) {
        for (let y = 0; y < 60; y++) expect(covers([...strips, kept], x, y)).toBe(1)
      }
    }
  })
})

describe('mergeRects', () => {
  test('cuts to the bounds and drops what is outside', () => {
    expect(mergeRects([rect(-10, -10, 20, 20), rect(200, 0, 5, 5)], SCREEN)).toEqual([
      rect(0, 0, 10, 10),
    ])
  })

  test('joins what overlaps, also by way of a third', () => {
    const apart = [rect(0, 0, 10, 10), rect(18, 0, 10, 10)]
    expect(mergeRects(apart, SCREEN)).toHaveLength(1)
    expect(mergeRects([rect(0, 0, 10, 10), rect(60, 40, 10, 10)], SCREEN)).toHaveLength(2)
    expect(mergeRects([...apart, rect(5, 0, 20, 10)], SCREEN)).toEqual([rect(0, 0, 28, 10)])
  })

  test('gives up counting at some point and paints the whole of it', () => {
    const dots = Array.from({ length: 50 }, (_, i) =>
      rect((i % 10) * 10, Math.floor(i / 10) * 12, 1, 1),
    )
    expect(mergeRects(dots, SCREEN).length).toBeLessThanOrEqual(RECTS_MAX)
  })

  test('covers everything damaged and no pixel twice (random)', () => {
    const seed = Number(process.env['SEED'] ?? 7)
    const random = seededRandom(seed)
    const int = (max: number) => Math.floor(random() * max)
    for (let round = 0; round < 60; round++) {
      const rects = Array.from({ length: int(20) }, () =>
        rect(int(100), int(60), 1 + int(20), 1 + int(20)),
      )
      const merged = mergeRects(rects, SCREEN)
      for (let i = 0; i < 200; i++) {
        const [x, y] = [int(100), int(60)]
        const count = covers(merged, x, y)
        const isOk = count <= 1 && (count === 1 || covers(rects, x, y) === 0)
        expect(isOk, `SEED=${seed}, round ${round}, at ${x},${y}`).toBe(true)
      }
    }
  })
})
