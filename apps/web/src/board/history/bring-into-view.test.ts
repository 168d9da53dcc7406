import { expect, test } from 'vitest'
import { bringIntoView } from './bring-into-view.ts'

const viewport = { w: 1000, h: 800 }
const insets = { top: 100, right: 300, bottom: 100, left: 0 }
const camera = { x: 0, y: 0, zoom: 1 }

function moved(box: { x: number; y: number; w: number; h: number }, zoom = 1) {
  return bringIntoView({ ...camera, zoom }, viewport, insets, box)
}

test('what is in view stays where it is', () => {
  expect(moved({ x: 100, y: 200, w: 50, h: 50 })).toEqual(camera)
  expect(moved({ x: 0, y: 100, w: 700, h: 600 })).toEqual(camera)
})

test('what is outside or under an island comes into the middle of what is free', () => {
  expect(moved({ x: 800, y: 200, w: 100, h: 100 })).toEqual({ x: 500, y: -150, zoom: 1 })
  expect(moved({ x: 100, y: 10, w: 100, h: 100 })).toEqual({ x: -200, y: -340, zoom: 1 })
})

test('the zoom stays, and counts', () => {
  expect(moved({ x: 390, y: 200, w: 20, h: 20 }, 2)).toEqual({ x: 225, y: 10, zoom: 2 })
})

test('what is larger than the view need only be seen', () => {
  expect(moved({ x: -500, y: -500, w: 3000, h: 3000 })).toEqual(camera)
  expect(moved({ x: 2000, y: 0, w: 3000, h: 3000 })).not.toEqual(camera)
})
