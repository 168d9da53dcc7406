import { expect, test } from 'vitest'
import { layouterOver } from './text-measurer.ts'

const STYLE = { font: 'sans', fontSize: 20, lineHeight: 1.5 } as const

function counting() {
  let measured = 0
  const layouter = layouterOver({
    width: (text, { fontSize }) => {
      measured++
      return (text.length * fontSize) / 2
    },
    extent: () => ({ ascent: 0.9, descent: 0.3 }),
  })
  return { layouter, measured: () => measured }
}

test('the size is the widest line by the number of lines', () => {
  const { layouter } = counting()
  expect(layouter.measure('ab\nabcd', STYLE, null)).toEqual({ w: 40, h: 60, lines: ['ab', 'abcd'] })
  expect(layouter.measure('', STYLE, null)).toEqual({ w: 0, h: 30, lines: [''] })
})

test('the same question is answered without measuring again, until a font arrives', () => {
  const { layouter, measured } = counting()
  const first = layouter.measure('some text', STYLE, 60)
  const count = measured()
  expect(layouter.measure('some text', STYLE, 60)).toBe(first)
  expect(measured()).toBe(count)
  layouter.measure('some text', { ...STYLE, fontSize: 21 }, 60)
  expect(measured()).toBeGreaterThan(count)
  layouter.forget()
  expect(layouter.measure('some text', STYLE, 60)).not.toBe(first)
})

test('the baseline is where CSS puts it: the font centred in its line', () => {
  const { layouter } = counting()
  // Line 30 high, font 18 up and 6 down: 3 to spare above and below.
  expect(layouter.baseline(STYLE)).toBeCloseTo(3 + 18)
})
