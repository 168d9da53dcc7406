import { describe, expect, test } from 'vitest'
import { readColor } from './color.ts'

describe('readColor', () => {
  test.each([
    '#fff',
    '#ffff',
    '#1E1e1e',
    '#1e1e1e80',
    'black',
    'RebeccaPurple',
    'rgb(1, 2, 3)',
    'rgba(1,2,3,.5)',
    'rgb(10% 20% 30% / 40%)',
    'hsl(120deg 50% 25%)',
    'oklch(0.7 0.1 200)',
  ])('takes %s as it is', (color) => {
    expect(readColor(color)).toBe(color)
  })

  test('trims, and says none for transparent', () => {
    expect(readColor(' #1779cf')).toBe('#1779cf')
    expect([readColor('transparent'), readColor('Transparent'), readColor('none')]).toEqual([
      'none',
      'none',
      'none',
    ])
  })

  test.each([
    '',
    '#ff',
    '#fffff',
    '#ggg',
    'reddish',
    'url(https://example.org/x)',
    'red;background:url(x)',
    'rgb(1,2)',
    'rgb(1,2,3,4,5)',
    'rgb(a,b,c)',
    'var(--x)',
    'color-mix(in srgb, red, blue)',
    `rgb(1,2,3${' '.repeat(99)})`,
    7,
    null,
    ['red'],
  ])('refuses %j', (value) => {
    expect(readColor(value)).toBeNull()
  })
})
