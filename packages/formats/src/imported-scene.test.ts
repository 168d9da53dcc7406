import { FIRST_PAGE } from '@kolam/board'
import { describe, expect, test } from 'vitest'
import { moveScene, withAssets } from './imported-scene.ts'

describe('withAssets', () => {
  test('names stored pictures by their address and forgets the others', () => {
    const shapes = [
      { kind: 'image', asset: 'picture:1' },
      { kind: 'image', asset: 'picture:2' },
      { kind: 'rectangle' },
    ] as const
    expect(withAssets({ shapes: [...shapes] }, new Map([['picture:1', 'abc']]))).toEqual([
      { kind: 'image', asset: 'abc' },
      { kind: 'image', asset: '' },
      { kind: 'rectangle' },
    ])
  })
})

describe('moveScene', () => {
  test('moves what lies on the page; what lies in that comes along by itself', () => {
    const moved = moveScene(
      [
        { kind: 'group', id: 'g', at: [FIRST_PAGE, 10, 20] },
        { kind: 'ellipse', at: ['g', 1, 2] },
        { kind: 'ellipse' },
      ],
      5,
      -5,
    )
    expect(moved.map(({ at }) => at)).toEqual([
      [FIRST_PAGE, 15, 15],
      ['g', 1, 2],
      [FIRST_PAGE, 5, -5],
    ])
  })
})
