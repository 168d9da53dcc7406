import { describe, expect, test } from 'vitest'
import { FIRST_PAGE, SHAPE_DEFAULTS } from './index.ts'
import { SceneIndex } from './scene-index.ts'
import type { ParentId, Shape, ShapeId } from './shape.ts'

const COUNT = 20_000

/** A scene over the shapes, counting how often it looks one up. */
function countedScene(shapes: readonly Shape[]) {
  const known = new Map(shapes.map((shape) => [shape.id, shape]))
  const counter = { looks: 0 }
  const scene = new SceneIndex((id) => {
    counter.looks += 1
    return known.get(id)
  })
  scene.load(new Map(shapes.map((shape) => [shape.id, { before: undefined, after: shape }])))
  const change = (id: ShapeId, props: Partial<Shape>) => {
    const before = known.get(id)!
    const after = { ...before, ...props }
    known.set(id, after)
    counter.looks = 0
    return scene.apply(new Map([[id, { before, after }]]))
  }
  return { scene, counter, change }
}

function row(length: number): Shape[] {
  return Array.from({ length }, (_, i) => shape(i, [FIRST_PAGE, i, 0], 'rectangle'))
}

function shape(i: number, at: readonly [ParentId, number, number], kind: Shape['kind']): Shape {
  return { ...SHAPE_DEFAULTS, id: `s${i}`, kind, at, index: `a${i % 10}` }
}

describe('Cost', () => {
  test('[P1] of loading is a few looks at each shape', () => {
    const { scene, counter } = countedScene(row(COUNT))
    expect(counter.looks).toBeLessThan(COUNT * 6)
    expect(scene.search({ x: 0, y: 0, w: 1e9, h: 1 }).length).toBe(COUNT)
  })

  test('[P1] of a chain of parents is no more', () => {
    const chain = Array.from({ length: COUNT }, (_, i) =>
      shape(i, [i === 0 ? FIRST_PAGE : `s${i - 1}`, 1, 0], 'group'),
    )
    const { scene, counter } = countedScene(chain)
    expect(counter.looks).toBeLessThan(COUNT * 8)
    expect(scene.pageBounds('s0').x).toBe(COUNT)
    expect(scene.tree.ordered().length).toBe(COUNT)
  })

  test('[P2] of moving one shape among many is the same as among few', () => {
    const looks = [10, COUNT].map((length) => {
      const { counter, change } = countedScene(row(length))
      const { affected } = change('s7', { at: [FIRST_PAGE, 500, 500] })
      expect([...affected]).toEqual(['s7'])
      return counter.looks
    })
    expect(looks[1]).toBe(looks[0])
  })

  test('[P2] of moving what an arrow holds on to is that of two', () => {
    const start = { id: 's7', anchor: [0.5, 0.5], mode: 'edge' } as const
    const arrows = [{ ...shape(COUNT, [FIRST_PAGE, 0, 0], 'arrow'), start }]
    const { counter, change } = countedScene([...row(COUNT), ...arrows])
    const { affected } = change('s7', { at: [FIRST_PAGE, 500, 500] })
    expect([...affected]).toEqual(['s7', `s${COUNT}`])
    expect(counter.looks).toBeLessThan(30)
  })
})
