import type { FrameStats } from '@kolam/canvas'
import { expect, test } from 'vitest'
import { figuresOf, frameRing, FRAMES_SHOWN } from './figures.ts'
import type { Ring } from './ring.ts'

const frame: FrameStats = {
  atMs: 0,
  sceneMs: 0,
  overlayMs: 0,
  painted: 0,
  live: 0,
  tiles: 0,
  tileBytes: 0,
  isComplete: true,
}

function ringOf(frames: readonly Partial<FrameStats>[]): Ring<FrameStats> {
  const ring = frameRing()
  for (const stats of frames) ring.add({ ...frame, ...stats })
  return ring
}

/** One frame each `everyMs`, the first at 0. */
function steady(count: number, everyMs: number): Partial<FrameStats>[] {
  return Array.from({ length: count }, (_, index) => ({ atMs: index * everyMs }))
}

test('before the first frame there are no figures', () => {
  expect(figuresOf(frameRing(), 500)).toBeNull()
})

test('a frame takes what its scene and its overlay take', () => {
  const newest = { ...frame, atMs: 40, sceneMs: 3, overlayMs: 1.5, painted: 7 }
  const ring = ringOf([{ atMs: 20, sceneMs: 8, overlayMs: 0.5 }, newest])
  expect(figuresOf(ring, 41)).toEqual({
    perSecond: 2,
    newest,
    p95Ms: 8.5,
    longestMs: 8.5,
    durations: [8.5, 4.5],
  })
})

test.each([
  [60, 1000 / 60],
  [144, 1000 / 144],
  [240, 1000 / 240],
])('a screen of %i frames a second is counted whole', (perSecond, everyMs) => {
  const ring = ringOf(steady(4 * perSecond, everyMs))
  expect(figuresOf(ring, (4 * perSecond - 1) * everyMs)?.perSecond).toBe(perSecond)
})

test('only frames of the last second count, and a board at rest has none of them', () => {
  const ring = ringOf(steady(10, 100))
  expect(figuresOf(ring, 900)?.perSecond).toBe(10)
  expect(figuresOf(ring, 1_400)?.perSecond).toBe(5)
  expect(figuresOf(ring, 1_900)?.perSecond).toBe(0)
  expect(figuresOf(ring, 1_900)?.newest.atMs).toBe(900)
})

test('95 of 100 frames are not above p95, and the longest may be far above', () => {
  const durations = [...Array.from({ length: 95 }, () => 4), 20, 21, 22, 23, 90]
  const shuffled = durations.toReversed().map((sceneMs) => ({ sceneMs }))
  expect(figuresOf(ringOf(shuffled), 0)).toMatchObject({ p95Ms: 4, longestMs: 90 })
  const oneMore = [...shuffled.slice(0, -1), { sceneMs: 19 }]
  expect(figuresOf(ringOf(oneMore), 0)).toMatchObject({ p95Ms: 19, longestMs: 90 })
})

test('a long frame is forgotten when enough came after it', () => {
  const short = Array.from({ length: FRAMES_SHOWN - 1 }, () => ({ sceneMs: 1 }))
  const long = { sceneMs: 50 }
  expect(figuresOf(ringOf([long, ...short]), 0)?.longestMs).toBe(50)
  const after = figuresOf(ringOf([long, ...short, { sceneMs: 2 }]), 0)
  expect(after?.longestMs).toBe(2)
  expect(after?.durations).toHaveLength(FRAMES_SHOWN)
  expect(after?.durations.at(-1)).toBe(2)
})
