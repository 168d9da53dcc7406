import { expect, test } from 'vitest'
import { markFrame, type Profiler } from './marks.ts'

test('a frame is marked as its scene and, behind it, its overlay', () => {
  const measured: [name: string, startMs: number, durationMs: number][] = []
  const profiler: Profiler = {
    measure: (...args) => {
      const entry = performance.measure(...args)
      measured.push([entry.name, entry.startTime, entry.duration])
      return entry
    },
    clearMeasures: (name) => performance.clearMeasures(name),
  }
  const counts = { painted: 0, live: 0, tiles: 0, tileBytes: 0, isComplete: true }
  markFrame({ atMs: 100, sceneMs: 5, overlayMs: 0.25, ...counts }, profiler)
  expect(measured).toEqual([
    ['kolam:scene', 100, 5],
    ['kolam:overlay', 105, 0.25],
  ])
  expect(performance.getEntriesByType('measure')).toEqual([])
})

test('measures of others stay where they are', () => {
  performance.measure('theirs', { start: 0, end: 1 })
  const counts = { painted: 0, live: 0, tiles: 0, tileBytes: 0, isComplete: true }
  markFrame({ atMs: 1, sceneMs: 1, overlayMs: 1, ...counts })
  expect(performance.getEntriesByType('measure').map(({ name }) => name)).toEqual(['theirs'])
  performance.clearMeasures('theirs')
})
