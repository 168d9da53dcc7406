import { expect, test } from 'vitest'
import { readCamera } from './camera-memory.ts'

test('readCamera() reads what was kept', () => {
  expect(readCamera('{"x":1,"y":-2.5,"zoom":2}')).toEqual({ x: 1, y: -2.5, zoom: 2 })
})

test.each([
  null,
  '',
  'x',
  'null',
  '{}',
  '{"x":1,"y":2}',
  '{"x":1,"y":2,"zoom":"1"}',
  '{"x":null,"y":1,"zoom":1}',
])('readCamera() refuses %j', (text) => {
  expect(readCamera(text)).toBeNull()
})
