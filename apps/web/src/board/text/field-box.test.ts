import type { TextArea } from '@kolam/canvas'
import { expect, test } from 'vitest'
import { fieldBox } from './field-box.ts'

const label: TextArea = {
  box: { x: 5, y: 5, w: 90, h: 40 },
  wrapAt: 90,
  align: 'center',
  verticalAlign: 'middle',
}

test('a label is as wide as it may be and centred down', () => {
  expect(fieldBox(label, { w: 30, h: 20 }, 10)).toEqual({ x: 5, y: 15, w: 90, h: 20 })
})

test('a label taller than its shape flows over both edges', () => {
  expect(fieldBox(label, { w: 30, h: 80 }, 10).y).toBe(-15)
})

test.each([
  ['left', 5],
  ['center', 0],
  ['right', -5],
] as const)('a growing text aligned %s keeps its side', (align, x) => {
  const area: TextArea = { ...label, align, wrapAt: null, verticalAlign: 'top' }
  expect(fieldBox(area, { w: 90, h: 20 }, 10)).toEqual({ x, y: 5, w: 100, h: 20 })
})
