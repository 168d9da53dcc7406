import {
  boxCentre,
  boxFromPoints,
  curveThrough,
  distance,
  flattenCurve,
  rotate,
} from '@kolam/geometry'
import { describe, expect, test } from 'vitest'
import { sceneOf, shapeOf, type Fields } from '../testing/read.ts'

const line = (points: unknown, fields: Fields = {}): Fields => ({ type: 'line', points, ...fields })
const TRIANGLE = [
  [0, 0],
  [60, 0],
  [30, 40],
  [0, 0],
]

describe('lines and arrows', () => {
  test('points are put into the box that they fill', () => {
    const points = [
      [10, 5],
      [50, -15],
      [90, 15],
    ]
    expect(shapeOf(line(points, { x: 100, y: 200, width: 1, height: 1 }))).toMatchObject({
      kind: 'line',
      at: ['page:1', 110, 185],
      w: 80,
      h: 30,
      points: [
        [0, 20],
        [40, 0],
        [80, 30],
      ],
      curve: 'sharp',
      closed: false,
    })
  })

  test('the old kind draw is a line', () => {
    expect(
      shapeOf({
        type: 'draw',
        points: [
          [0, 0],
          [9, 9],
        ],
      }).kind,
    ).toBe('line')
  })

  test.each<[Fields, string]>([
    [{ roundness: { type: 2 } }, 'round'],
    [{ strokeSharpness: 'round' }, 'round'],
    [{ strokeSharpness: 'sharp' }, 'sharp'],
    [{ roundness: null }, 'sharp'],
    [{ elbowed: true, roundness: { type: 2 } }, 'elbow'],
  ])('%j is %s', (fields, curve) => {
    expect(
      shapeOf({
        type: 'arrow',
        points: [
          [0, 0],
          [9, 9],
        ],
        ...fields,
      }).curve,
    ).toBe(curve)
  })

  test.each([
    ['arrow', 'arrow'],
    ['dot', 'circle'],
    ['circle_outline', 'circle-outline'],
    ['triangle_outline', 'triangle-outline'],
    ['diamond', 'diamond'],
    ['bar', 'bar'],
    ['cardinality_one', 'one'],
    ['cardinality_exactly_one', 'exactly-one'],
    ['cardinality_zero_or_many', 'zero-or-many'],
    ['crowfoot_many', 'many'],
    ['crowfoot_one_or_many', 'one-or-many'],
    [null, 'none'],
  ])('the head %s is %s', (head, expected) => {
    const points = [
      [0, 0],
      [9, 9],
    ]
    const shape = shapeOf({ type: 'arrow', points, startArrowhead: head, endArrowhead: head })
    expect([shape.startHead, shape.endHead]).toEqual([expected, expected])
  })

  test('an arrow that does not say has a head at its end, a line has none', () => {
    const points = [
      [0, 0],
      [9, 9],
    ]
    const heads = { startHead: 'none', endHead: 'arrow' }
    expect(shapeOf({ type: 'arrow', points })).toMatchObject(heads)
    expect(shapeOf(line(points))).toMatchObject({ ...heads, endHead: 'none' })
    expect(shapeOf({ type: 'arrow', points, endArrowhead: 'harpoon' })).toMatchObject(heads)
  })

  test('points that are no numbers are dropped', () => {
    const scene = sceneOf([line([[0, 0], [null, 3], ['a', 'b'], 7, [1e300, 0], [80, 10]])])
    expect(scene.shapes[0]?.points).toEqual([
      [0, 0],
      [80, 10],
    ])
    expect(scene.summary.repaired).toBe(1)
  })

  test.each([[[]], [[[0, 0]]], [undefined], ['many']])(
    'with points %j it goes from corner to corner',
    (points) => {
      const scene = sceneOf([line(points, { width: 90, height: -30 })])
      expect(scene.shapes[0]).toMatchObject({
        w: 90,
        h: 30,
        points: [
          [0, 30],
          [90, 0],
        ],
      })
      expect(scene.summary.repaired).toBe(1)
    },
  )

  test('a filled loop is closed, without the repeated point', () => {
    expect(shapeOf(line(TRIANGLE, { backgroundColor: 'gold' }))).toMatchObject({
      closed: true,
      fill: 'gold',
      points: [
        [0, 0],
        [60, 0],
        [30, 40],
      ],
    })
  })

  test('a polygon is closed even when its ends are apart', () => {
    const points = TRIANGLE.slice(0, 3)
    expect(shapeOf(line(points, { polygon: true }))).toMatchObject({ closed: true, points })
  })

  test('an empty curve that meets itself keeps its corner', () => {
    const round = { roundness: { type: 2 } }
    expect(shapeOf(line(TRIANGLE, round))).toMatchObject({ closed: false })
    expect(shapeOf(line(TRIANGLE, round)).points).toHaveLength(4)
    expect(shapeOf(line(TRIANGLE, { ...round, backgroundColor: 'red' })).closed).toBe(true)
  })

  test('an open line and an arrow have no fill', () => {
    const red = { backgroundColor: 'red' }
    expect(shapeOf(line(TRIANGLE.slice(0, 3), red))).toMatchObject({ closed: false, fill: 'none' })
    expect(shapeOf({ type: 'arrow', points: TRIANGLE, ...red })).toMatchObject({ fill: 'none' })
  })

  test('a line too long for dashes is drawn solid', () => {
    const scene = sceneOf([
      line(
        [
          [0, 0],
          [80_000, 0],
        ],
        { strokeStyle: 'dashed' },
      ),
    ])
    expect(scene.shapes[0]?.dash).toBe('solid')
    expect(scene.summary.repaired).toBe(1)
  })

  test('a line of more points than a board keeps is thinned', () => {
    const points = Array.from({ length: 25_000 }, (_, i) => [i, i % 7])
    const shape = shapeOf(line(points))
    expect(shape.points).toHaveLength(10_000)
    expect(shape.points?.at(-1)).toEqual([24_999, 24_999 % 7])
  })

  test('a turned curve lies where it lay: it turned about the middle of all of it', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 100, y: 0 },
      { x: 0, y: 60 },
    ]
    const angle = 1.1
    const shape = shapeOf(
      line(
        points.map(({ x, y }) => [x, y]),
        { angle, roundness: { type: 2 } },
      ),
    )
    const middle = boxCentre(boxFromPoints(flattenCurve(curveThrough(points))))
    const [, x, y] = shape.at!
    const own = { x: x + shape.w! / 2, y: y + shape.h! / 2 }
    for (const [i, [px, py]] of shape.points!.entries()) {
      const here = rotate({ x: x + px, y: y + py }, angle, own)
      expect(distance(here, rotate(points[i]!, angle, middle))).toBeLessThan(1e-9)
    }
  })
})

describe('strokes', () => {
  const points = [
    [5, 5],
    [25, 45],
    [45, 10],
  ]

  test('keep their points and recorded pressure', () => {
    const fields = { pressures: [0.25, 0.5, 1.5], simulatePressure: false, strokeWidth: 4 }
    expect(shapeOf({ type: 'freedraw', x: 10, y: 20, points, ...fields })).toMatchObject({
      kind: 'draw',
      at: ['page:1', 15, 25],
      w: 40,
      h: 40,
      pressure: true,
      strokeWidth: 4,
      ink: [
        [0, 0, 0.25],
        [20, 40, 0.5],
        [40, 5, 1],
      ],
    })
  })

  test('with fewer pressures than points go on with the last', () => {
    const { ink } = shapeOf({ type: 'freedraw', points, pressures: [0.25, 0.75] })
    expect(ink?.map(([, , pressure]) => pressure)).toEqual([0.25, 0.75, 0.75])
  })

  test.each<Fields>([
    { pressures: [] },
    { simulatePressure: true, pressures: [0.1, 0.2, 0.3] },
    {},
  ])('without recorded pressure have an even one: %j', (fields) => {
    const shape = shapeOf({ type: 'freedraw', points, ...fields })
    expect(shape.pressure).toBe(false)
    expect(shape.ink?.map(([, , pressure]) => pressure)).toEqual([0.5, 0.5, 0.5])
  })

  test('of the newer scale are twice as wide', () => {
    const strokeOptions = { variability: 'constant', streamline: 0.5 }
    expect(shapeOf({ type: 'freedraw', points, strokeWidth: 1, strokeOptions }).strokeWidth).toBe(2)
  })

  test('of one point are dots', () => {
    const shape = shapeOf({ type: 'freedraw', points: [[0, 0]], width: 0, height: 0 })
    expect(shape.ink).toEqual([[0, 0, 0.5]])
  })

  test('that meet themselves are filled, others are not', () => {
    const fill = { backgroundColor: 'red' }
    const loop = { type: 'freedraw', points: TRIANGLE, ...fill }
    expect(shapeOf(loop)).toMatchObject({ closed: true, fill: 'red' })
    expect(shapeOf({ ...loop, points })).toMatchObject({ closed: false, fill: 'none' })
  })
})
