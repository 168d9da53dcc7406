import { describe, expect, test } from 'vitest'
import { parseColor } from './css-color.ts'
import { contrast, toOklch } from './oklch.ts'
import { themeColor } from './theme-color.ts'
import { BACKGROUND } from './theme.ts'

/** What people pick from and what boards from elsewhere are often drawn in. */
const INK = `#1e1e1e #d83a34 #e2711d #d9a404 #2b9150 #128c94 #2070dd #6246ea #cf3d94 #e03131
  #c2255c #9c36b5 #6741d9 #3b5bdb #1971c2 #0c8599 #099268 #2f9e44 #e8590c #846358 #343a40`.split(
  /\s+/,
)
const PALE =
  `#ffffff #ebe8f0 #ffd5d1 #ffe0c2 #fff1b0 #cdf1d8 #c6eeec #d0e4ff #e2dbff #fcd9ee #ffc9c9
  #fcc2d7 #eebefa #d0bfff #a5d8ff #99e9f2 #b2f2bb #ffec99 #ffd8a8 #e9ecef`.split(/\s+/)

function rgb(color: string) {
  const parsed = parseColor(color)
  if (!parsed) throw new Error(`${color} is no colour`)
  return parsed
}

const onPaper = (color: string) => contrast(rgb(color), rgb(BACKGROUND.dark))

describe('themeColor', () => {
  test('leaves colours alone in light mode', () => {
    expect(themeColor('#1e1e1e', 'light')).toBe('#1e1e1e')
  })

  test('near-black ink becomes near-white', () => {
    expect(toOklch(rgb(themeColor('#1e1e1e', 'dark'))).l).toBeGreaterThan(0.9)
  })

  test.each(INK)('%s stands out from dark paper', (color) => {
    expect(onPaper(themeColor(color, 'dark'))).toBeGreaterThan(4.5)
  })

  test.each(PALE)('%s becomes deep, and ordinary ink reads well on it', (color) => {
    const fill = rgb(themeColor(color, 'dark'))
    expect(toOklch(fill).l).toBeLessThan(0.45)
    expect(contrast(fill, rgb(themeColor('#1e1e1e', 'dark')))).toBeGreaterThan(5)
  })

  test('no two pale fills become the same deep one', () => {
    const deep = PALE.map((color) => toOklch(rgb(themeColor(color, 'dark'))))
    const point = ({ l, c, h }: (typeof deep)[number]) => [l, c * Math.cos(h), c * Math.sin(h)]
    deep.forEach((one, i) => {
      for (const other of deep.slice(i + 1)) {
        const apart = Math.hypot(...point(one).map((value, k) => value - (point(other)[k] ?? 0)))
        expect(apart).toBeGreaterThan(0.008)
      }
    })
  })

  test.each([...INK, ...PALE])('%s keeps its hue', (color) => {
    const [light, dark] = [toOklch(rgb(color)), toOklch(rgb(themeColor(color, 'dark')))]
    const turn = Math.abs(Math.atan2(Math.sin(light.h - dark.h), Math.cos(light.h - dark.h)))
    expect(light.c < 0.02 || turn < 0.06).toBe(true)
  })

  test('the darker of two greys becomes the lighter', () => {
    const greys = Array.from({ length: 17 }, (_, i) =>
      themeColor(`rgb(${i * 15} ${i * 15} ${i * 15})`, 'dark'),
    )
    const lightness = greys.map((grey) => toOklch(rgb(grey)).l)
    expect(lightness).toEqual(lightness.toSorted((a, b) => b - a))
  })

  test('keeps transparency and leaves unknown notations alone', () => {
    expect(themeColor('rgb(0 0 0 / 50%)', 'dark')).toMatch(/^rgb\(\d+ \d+ \d+ \/ 0\.5\)$/)
    expect(themeColor('color-mix(in srgb, red, blue)', 'dark')).toBe(
      'color-mix(in srgb, red, blue)',
    )
    expect(themeColor('none', 'dark')).toBe('none')
  })
})

describe('parseColor', () => {
  test.each([
    ['#f00', [1, 0, 0, 1]],
    ['#ff000080', [1, 0, 0, 128 / 255]],
    ['red', [1, 0, 0, 1]],
    ['RGB(255, 0, 0)', [1, 0, 0, 1]],
    ['rgb(100% 0% 0% / 20%)', [1, 0, 0, 0.2]],
    ['hsl(0 100% 50%)', [1, 0, 0, 1]],
    ['hsl(120deg, 100%, 50%)', [0, 1, 0, 1]],
    ['transparent', [0, 0, 0, 0]],
  ])('%s', (text, [r, g, b, a]) => {
    expect(parseColor(text)).toEqual({ r, g, b, a })
  })

  test.each(['', 'none', '#12', '#ggg', 'rgb(1 2)', 'rgb(x y z)', 'nosuchcolour'])(
    '%s is no colour',
    (text) => {
      expect(parseColor(text)).toBeNull()
    },
  )
})
