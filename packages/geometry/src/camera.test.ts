import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boxCentre, boxContains, expandBox } from './box.ts'
import { cameraToFit, toPage, toScreen, visibleBox, zoomAt, type Camera } from './camera.ts'
import { box, coordinate, point, RUNS, SEED } from './testing/laws.ts'
import { distance } from './vec.ts'

const zoom = fc.double({ min: 0.05, max: 16, noNaN: true })
const camera: fc.Arbitrary<Camera> = fc.record({ x: coordinate, y: coordinate, zoom })
const VIEW = { w: 1000, h: 600 }

describe(`camera (seed ${SEED})`, () => {
  test('toPage() undoes toScreen() and the other way round', () => {
    fc.assert(
      fc.property(camera, point, (c, v) => {
        expect(distance(toPage(c, toScreen(c, v)), v)).toBeLessThan(1e-6)
        expect(distance(toScreen(c, toPage(c, v)), v)).toBeLessThan(1e-6)
      }),
      RUNS,
    )
  })

  test('screen = (page - camera) * zoom', () => {
    expect(toScreen({ x: 10, y: 20, zoom: 2 }, { x: 15, y: 20 })).toEqual({ x: 10, y: 0 })
  })

  test('visibleBox() goes from the top-left of the view to its bottom-right', () => {
    fc.assert(
      fc.property(camera, (c) => {
        const { x, y, w, h } = visibleBox(c, VIEW)
        expect(distance({ x, y }, toPage(c, { x: 0, y: 0 }))).toBeLessThan(1e-6)
        expect(distance({ x: x + w, y: y + h }, toPage(c, { x: VIEW.w, y: VIEW.h }))).toBeLessThan(
          1e-6,
        )
      }),
      RUNS,
    )
  })

  test('zoomAt() keeps the page point under the pointer', () => {
    fc.assert(
      fc.property(camera, point, zoom, (c, pointer, to) => {
        const zoomed = zoomAt(c, pointer, to)
        expect(zoomed.zoom).toBe(to)
        expect(distance(toScreen(zoomed, toPage(c, pointer)), pointer)).toBeLessThan(1e-6)
      }),
      RUNS,
    )
  })

  test('cameraToFit() shows all of a box, in the middle, outside the padding', () => {
    fc.assert(
      fc.property(box, (one) => {
        const padding = 40
        const c = cameraToFit(one, VIEW, { padding })
        const margin = padding / c.zoom
        expect(boxContains(expandBox(visibleBox(c, VIEW), 1e-6 - margin), one)).toBe(true)
        expect(distance(boxCentre(visibleBox(c, VIEW)), boxCentre(one))).toBeLessThan(1e-6)
      }),
      RUNS,
    )
  })

  test('cameraToFit() keeps to its limits, also for a point and for a view without size', () => {
    expect(cameraToFit({ x: 7, y: 8, w: 0, h: 0 }, VIEW).zoom).toBe(1)
    expect(cameraToFit({ x: 0, y: 0, w: 1, h: 1 }, VIEW, { zoomMax: 4 }).zoom).toBe(4)
    expect(cameraToFit({ x: 0, y: 0, w: 1e9, h: 1 }, VIEW, { zoomMin: 0.1 }).zoom).toBe(0.1)
    expect(cameraToFit({ x: 0, y: 0, w: 9, h: 9 }, { w: 0, h: 0 }, { padding: 20 }).zoom).toBe(0.05)
  })
})
