import type { InkPoint, Shape } from '@kolam/board'
import { InkTrail } from '@kolam/board'
import { describe, expect, test } from 'vitest'
import { LiveInk } from './live-ink.ts'
import type { LiveStroke } from './live-ink-pen.ts'
import { fakeCanvas } from './testing/fake-canvas.ts'
import type { FakeCanvas } from './testing/fake-canvas.ts'
import { lookupOf, shapeOf } from './testing/shapes.ts'
import type { View } from './view.ts'

const VIEW: View = { camera: { x: 0, y: 0, zoom: 1 }, w: 400, h: 300, dpr: 1 }

/** Around and around, slowly farther out. */
function spiral(i: number): InkPoint {
  const radius = 40 + i / 30
  return [200 + radius * Math.cos(i / 9), 150 + radius * Math.sin(i / 9), 0.5]
}

function growing(props: Partial<Shape> = {}): { shape: Shape; trail: InkTrail } {
  const trail = new InkTrail([spiral(0)])
  return { shape: shapeOf('draw', { ...props, ink: trail.points }), trail }
}

function easel({ isAhead = false, sheetsMax = Infinity } = {}) {
  const sheets: { settled: FakeCanvas; loose: FakeCanvas; opacity: number; onPage: boolean }[] = []
  const ink = new LiveInk((_view, opacity) => {
    if (sheets.length >= sheetsMax) return null
    const sheet = { settled: fakeCanvas(), loose: fakeCanvas(), opacity, onPage: true }
    sheets.push(sheet)
    const [settled, loose] = [sheet.settled.context, sheet.loose.context]
    return { settled, loose, isAhead, remove: () => void (sheet.onPage = false) }
  })
  const take = (shapes: readonly Shape[], view = VIEW, erasing: readonly string[] = []) =>
    ink.take(shapes, { lookup: lookupOf(...shapes), view, erasing: new Set(erasing) })
  const paint = (shapes: readonly Shape[], view = VIEW) =>
    ink.paint(take(shapes, view), { view, theme: 'light' })
  return { ink, sheets, take, paint }
}

const curves = ({ settled }: { settled: FakeCanvas }) => settled.named('quadraticCurveTo').length

describe('live ink', () => {
  test('costs the same in each frame, and paints what is sure once', () => {
    const { sheets, paint } = easel()
    const { shape, trail } = growing()
    const costs: number[] = []
    for (let i = 1; i < 3_000; i++) {
      trail.push(spiral(i))
      trail.ahead = [spiral(i + 2)]
      sheets[0]?.loose.clear()
      const before = sheets[0]?.settled.calls.length ?? 0
      paint([{ ...shape }])
      costs.push(sheets[0]!.loose.calls.length + sheets[0]!.settled.calls.length - before)
    }
    expect(Math.max(...costs.slice(-500))).toBeLessThanOrEqual(Math.max(...costs.slice(100, 600)))
    expect(sheets.length).toBe(1)
    expect(curves(sheets[0]!)).toBeLessThan(2 * 3_000)
    // In pieces of some points, so that not every frame changes the sheet of what stays.
    const pieces = sheets[0]!.settled.named('fill').length
    expect([pieces > 3_000 / 30, pieces < 3_000 / 20]).toEqual([true, true])
    expect(sheets[0]!.settled.named('clearRect')).toEqual([])
  })

  test('wipes only where the loose end was', () => {
    const { sheets, paint } = easel()
    const { shape, trail } = growing()
    for (let i = 1; i < 400; i++) {
      trail.push(spiral(i))
      sheets[0]?.loose.clear()
      paint([shape])
    }
    const wiped = sheets[0]!.loose.named('clearRect')
    expect(wiped.length).toBe(1)
    const [x, y, w, h] = wiped[0]!.args as number[]
    const [tipX, tipY] = spiral(398)
    expect(w! * h!).toBeLessThan(80 * 80)
    expect(tipX > x! && tipX < x! + w! && tipY > y! && tipY < y! + h!).toBe(true)
  })

  test('wipes every loose end before it paints any', () => {
    const { sheets, paint } = easel()
    const [one, two] = [growing({ id: 'one' }), growing({ id: 'two' })]
    for (let i = 1; i < 40; i++) {
      for (const { trail } of [one, two]) trail.push(spiral(i))
      sheets[0]?.loose.clear()
      paint([one.shape, two.shape])
    }
    const order = sheets[0]!.loose.calls.map(({ name }) => name)
    expect(order.filter((name) => name === 'clearRect' || name === 'fill')).toEqual([
      'clearRect',
      'clearRect',
      'fill',
      'fill',
    ])
  })

  test('paints all of it again when the camera has moved or the stroke looks different', () => {
    const { sheets, paint } = easel()
    const { shape, trail } = growing()
    for (let i = 1; i < 200; i++) trail.push(spiral(i))
    paint([shape])
    const all = curves(sheets[0]!)
    expect(all).toBeGreaterThan(100)
    paint([shape])
    expect(curves(sheets[0]!)).toBe(all)
    const moved = { ...VIEW, camera: { x: 5, y: 0, zoom: 2 } }
    paint([shape], moved)
    expect(sheets[0]!.settled.named('clearRect')[0]?.args).toEqual([0, 0, 400, 300])
    paint([{ ...shape, stroke: '#ff0000' }], moved)
    expect(curves(sheets[0]!)).toBe(3 * all)
    expect(sheets[0]!.settled.named('fill').at(-1)?.fillStyle).toBe('#ff0000')
    paint([shape], { ...moved, w: 500 })
    expect(sheets.map(({ onPage }) => onPage)).toEqual([false, true])
    expect(curves(sheets[1]!)).toBe(all)
  })

  test('gives a stroke that shines through a sheet that does, and paints it in full there', () => {
    const { sheets, paint } = easel()
    const [clear, solid] = [growing({ id: 'clear', opacity: 0.4 }), growing({ id: 'solid' })]
    for (let i = 1; i < 100; i++) for (const { trail } of [clear, solid]) trail.push(spiral(i))
    paint([clear.shape, solid.shape])
    expect(sheets.map(({ opacity }) => opacity)).toEqual([0.4, 1])
    for (const { settled, loose } of sheets) {
      const fills = [...settled.named('fill'), ...loose.named('fill')]
      expect(fills.map(({ globalAlpha }) => globalAlpha)).toEqual([1, 1])
    }
  })

  test('goes when there is nothing more to paint; ahead of the others, two frames later', () => {
    const { shape } = growing()
    const level = easel()
    level.paint([shape])
    expect([level.paint([]), level.sheets[0]!.onPage, level.paint([])]).toEqual([
      false,
      false,
      false,
    ])
    const ahead = easel({ isAhead: true })
    ahead.paint([shape])
    expect([ahead.paint([]), ahead.paint([]), ahead.sheets[0]!.onPage]).toEqual([true, true, true])
    expect([ahead.paint([]), ahead.sheets[0]!.onPage]).toEqual([false, false])
  })

  test('a stroke that ends takes no other with it', () => {
    const { sheets, paint } = easel()
    const [one, two] = [growing({ id: 'one' }), growing({ id: 'two' })]
    for (const { trail } of [one, two]) for (let i = 1; i < 90; i++) trail.push(spiral(i))
    paint([one.shape, two.shape])
    const both = curves(sheets[0]!)
    paint([two.shape])
    expect(curves(sheets[0]!)).toBe(both + both / 2)
    expect(sheets[0]!.settled.named('clearRect').length).toBe(1)
  })

  test('leaves to the others what it cannot paint, and everything once memory is short', () => {
    const { take } = easel()
    const { shape } = growing()
    const frame = shapeOf('frame', { id: 'frame' })
    const others: Partial<Shape>[] = [
      { dash: 'dashed' },
      { stroke: 'none' },
      { fill: 'red', closed: true },
      { at: ['frame', 0, 0] },
      { strokeWidth: 0.1 },
      { ink: [...shape.ink] },
    ]
    expect([...take([shape]).keys()]).toEqual(['draw'])
    for (const props of others) expect(take([{ ...shape, ...props }, frame]).size).toBe(0)
    expect(take([shape], VIEW, ['draw']).size).toBe(0)
    expect(take([shape], { ...VIEW, camera: { ...VIEW.camera, zoom: 0.05 } }).size).toBe(0)
    const short = easel({ sheetsMax: 0 })
    expect(short.take([shape]).size).toBe(1)
    short.paint([shape])
    expect(short.take([shape]).size).toBe(0)
  })

  test('looks at no points to tell what it paints', () => {
    const { take } = easel()
    const shape = Object.defineProperty({ ...shapeOf('draw') }, 'ink', {
      get: () => expect.unreachable('nobody asked for the points'),
    })
    expect(take([shape]).size).toBe(0)
    const strokes: ReadonlyMap<string, LiveStroke> = take([growing().shape])
    expect(strokes.get('draw')?.matrix).toEqual([1, 0, 0, 1, 0, 0])
  })
})
