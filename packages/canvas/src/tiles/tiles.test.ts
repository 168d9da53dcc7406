import { describe, expect, test } from 'vitest'
import { seededRandom } from '@kolam/base'
import type { Box } from '@kolam/geometry'
import { fakeCanvas } from '../testing/fake-canvas.ts'
import type { View } from '../view.ts'
import { compose } from './composer.ts'
import { cellPageBox, cellRect, cellsInView, cellsOver, TILE, toTileRect, WHOLE } from './grid.ts'
import type { Cell } from './grid.ts'
import { TilePainter } from './painter.ts'
import type { TileSource } from './painter.ts'
import { TILE_BYTES, TileStore } from './store.ts'
import { powerOfTwoNear, REST_MS, TargetScale } from './target-scale.ts'

const view = (x: number, y: number, zoom: number, dpr = 1): View => ({
  camera: { x, y, zoom },
  w: 1280,
  h: 800,
  dpr,
})
const newStore = () => new TileStore(() => fakeCanvas().context)
const cell = (tx: number, ty: number, scale = 1): Cell => ({ scale, tx, ty })
const forever = { now: () => 0, atMs: 1 }

describe('the grid', () => {
  const seed = 20261121
  const random = seededRandom(seed)
  const views = Array.from({ length: 60 }, () => {
    const zoom = 2 ** (random() * 12 - 6)
    const far = random() < 0.2 ? 1e7 : 2000
    return view((random() - 0.5) * far, (random() - 0.5) * far, zoom, 1 + Math.floor(random() * 3))
  })

  test(`cells cover the whole view without gaps or overlaps (seed ${seed})`, () => {
    for (const each of views) {
      for (const scale of [each.camera.zoom * each.dpr, powerOfTwoNear(each.camera.zoom)]) {
        const rects = cellsInView(each, scale).map((one) => cellRect(each, one))
        const seen = rects.map((rect) => clipped(rect, each)).filter(({ w, h }) => w > 0 && h > 0)
        const area = seen.reduce((sum, { w, h }) => sum + w * h, 0)
        expect({ each, area }).toEqual({ each, area: 1280 * 800 * each.dpr ** 2 })
      }
    }
  })

  test('at its own scale a tile is shown pixel for pixel', () => {
    for (const each of views) {
      for (const one of cellsInView(each, each.camera.zoom * each.dpr)) {
        expect(cellRect(each, one)).toMatchObject({ w: TILE, h: TILE })
      }
    }
  })

  test('the nearest to the middle come first', () => {
    const [first] = cellsInView(view(-640, -400, 1), 1)
    expect(Math.abs(first!.tx) <= 1 && Math.abs(first!.ty) <= 1).toBe(true)
  })

  test('a part of the page lies where it is shown', () => {
    const one = cell(-3, 2, 0.25)
    expect(toTileRect(one, cellPageBox(one))).toEqual(WHOLE)
    const part = { x: 10, y: 20, w: 30, h: 40 }
    expect(toTileRect(one, cellPageBox(one, part))).toEqual(part)
  })

  test('cells over a box hold all of it', () => {
    expect(cellsOver({ x: -10, y: 0, w: 20, h: 513 }, 1)).toEqual([
      cell(-1, 0),
      cell(0, 0),
      cell(-1, 1),
      cell(0, 1),
    ])
  })
})

describe('the scale that is painted at', () => {
  test('is the exact one at rest and after a jump, a power of two while it changes', () => {
    const target = new TargetScale()
    expect(target.at(1.3, 0)).toBe(1.3)
    expect(target.at(0.3, 1000)).toBe(0.3)
    expect(target.at(0.31, 1016)).toBe(0.25)
    expect(target.isZooming).toBe(true)
    expect(target.at(0.31, 1016 + REST_MS - 1)).toBe(0.25)
    expect(target.at(0.31, 1016 + REST_MS)).toBe(0.31)
    expect(target.isZooming).toBe(false)
  })
})

describe('the store', () => {
  test('knows what has changed on which tile, at every scale', () => {
    const tiles = newStore()
    const [near, far, small] = [
      tiles.put(cell(0, 0), 1),
      tiles.put(cell(5, 5), 1),
      tiles.put(cell(0, 0, 0.125), 1),
    ]
    tiles.note([{ x: 100, y: 100, w: 50, h: 50 }], (scale) => 2 / scale)
    expect(near.dirty).toEqual([{ x: 98, y: 98, w: 54, h: 54 }])
    expect(far.dirty).toEqual([])
    expect(small.dirty).toEqual([{ x: 10, y: 10, w: 11, h: 11 }])
    tiles.noteAll()
    expect([near, far, small].map(({ dirty }) => dirty)).toEqual([[WHOLE], [WHOLE], [WHOLE]])
  })

  test('throws out what was used longest ago, never what is used now, and uses its canvas again', () => {
    let made = 0
    const tiles = new TileStore(() => (made++, fakeCanvas().context))
    for (let i = 0; i < 6; i++) tiles.pictureOf(tiles.put(cell(i, 0), i))
    tiles.trim(3 * TILE_BYTES, 4)
    expect([0, 1, 2, 3, 4, 5].filter((tx) => tiles.get(cell(tx, 0)))).toEqual([3, 4, 5])
    expect(tiles.bytes).toBe(3 * TILE_BYTES)
    tiles.trim(0, 4)
    expect([0, 1, 2, 3, 4, 5].filter((tx) => tiles.get(cell(tx, 0)))).toEqual([4, 5])
    tiles.pictureOf(tiles.put(cell(9, 9), 9))
    expect(made).toBe(6)
  })
})

describe('painting a little at a time', () => {
  /** A source of `count` shapes that take a millisecond each. */
  function slowSource(count: number) {
    const state = { now: 0, painted: [] as string[], searches: 0 }
    const source: TileSource = {
      find: () => {
        state.searches++
        return Array.from({ length: count }, (_, i) => `s${i}`)
      },
      paper: () => {},
      shapes: (_context, { ids }) => {
        state.painted.push(...ids)
        state.now += ids.length
      },
    }
    const run = (painter: TilePainter, of: Cell, ms: number) =>
      painter.paint(of, source, {
        deadline: { now: () => state.now, atMs: state.now + ms },
        usedAt: 1,
      })
    return { state, run }
  }

  test('goes on where it stopped, and shows nothing before it is finished', () => {
    const tiles = newStore()
    const painter = new TilePainter(tiles, { create: () => fakeCanvas().context, isClear: false })
    const { state, run } = slowSource(50)
    let frames = 1
    while (!run(painter, cell(0, 0), 10)) {
      expect(tiles.get(cell(0, 0))).toBeUndefined()
      frames++
    }
    expect(tiles.get(cell(0, 0))?.picture).toBeTruthy()
    expect(state.painted).toHaveLength(50)
    expect(new Set(state.painted).size).toBe(50)
    expect(state.searches).toBe(1)
    expect(frames).toBeGreaterThan(3)
  })

  test('a tile that is not there yet is begun again when something changes on it', () => {
    const tiles = newStore()
    const painter = new TilePainter(tiles, { create: () => fakeCanvas().context, isClear: false })
    const { state, run } = slowSource(50)
    run(painter, cell(0, 0), 10)
    painter.note([{ x: 9000, y: 0, w: 1, h: 1 }], () => 0)
    expect(painter.current).toEqual(cell(0, 0))
    painter.note([{ x: 90, y: 0, w: 1, h: 1 }], () => 0)
    expect(painter.current).toBeNull()
    run(painter, cell(0, 0), 1000)
    expect(state.searches).toBe(2)
  })

  test('what changes while it is painted again is painted once more', () => {
    const tiles = newStore()
    const painter = new TilePainter(tiles, { create: () => fakeCanvas().context, isClear: false })
    const { state, run } = slowSource(50)
    run(painter, cell(0, 0), 1000)
    tiles.note([{ x: 0, y: 0, w: 9, h: 9 }], () => 0)
    expect(run(painter, cell(0, 0), 10)).toBe(false)
    tiles.note([{ x: 3, y: 3, w: 9, h: 9 }], () => 0)
    expect(run(painter, cell(0, 0), 1000)).toBe(true)
    expect(state.searches).toBe(3)
    expect(tiles.get(cell(0, 0))?.dirty).toEqual([])
  })

  test('what was begun on a tile and given up for another is not forgotten', () => {
    const tiles = newStore()
    const painter = new TilePainter(tiles, { create: () => fakeCanvas().context, isClear: false })
    const { run } = slowSource(50)
    run(painter, cell(0, 0), 1000)
    tiles.note([{ x: 0, y: 0, w: 9, h: 9 }], () => 0)
    run(painter, cell(0, 0), 10)
    run(painter, cell(7, 7), 10)
    expect(tiles.get(cell(0, 0))?.dirty).toHaveLength(1)
  })

  test('paper that is drawn on is painted as a whole, and becomes paper again', () => {
    const tiles = newStore()
    const painter = new TilePainter(tiles, { create: () => fakeCanvas().context, isClear: false })
    const rects: Box[] = []
    let ids: string[] = []
    const source: TileSource = {
      find: (_, rect) => (rects.push(rect), ids),
      paper: () => {},
      shapes: () => {},
    }
    const paint = () => painter.paint(cell(0, 0), source, { deadline: forever, usedAt: 1 })
    paint()
    expect(tiles.get(cell(0, 0))?.picture).toBeNull()
    ids = ['a']
    tiles.note([{ x: 0, y: 0, w: 9, h: 9 }], () => 0)
    paint()
    expect(tiles.get(cell(0, 0))?.picture).toBeTruthy()
    ids = []
    tiles.noteAll()
    paint()
    expect(tiles.get(cell(0, 0))?.picture).toBeNull()
    expect(rects).toEqual([WHOLE, WHOLE, WHOLE])
  })
})

describe('what is shown', () => {
  /** A store whose pictures can be told apart. */
  function namedStore() {
    let made = 0
    return new TileStore(() => ({ name: made++ }) as unknown as CanvasRenderingContext2D)
  }

  function painted(tiles: TileStore, ...cells: Cell[]) {
    return cells.map((one) => tiles.pictureOf(tiles.put(one, 1)))
  }

  test('the tiles themselves where they are there', () => {
    const tiles = namedStore()
    const at = view(0, 0, 1)
    const cells = cellsInView(at, 1)
    const pictures = painted(tiles, ...cells)
    painted(tiles, cell(0, 0, 0.5))
    expect(compose(at, cells, tiles).map(({ picture }) => picture)).toEqual(pictures)
  })

  test('what is likest stands in for what is missing, below all that is there', () => {
    const tiles = namedStore()
    const at = view(0, 0, 1)
    const cells = cellsInView(at, 1)
    const missing = cells.find(({ tx, ty }) => tx === 0 && ty === 0)!
    const there = painted(tiles, ...cells.filter((one) => one !== missing))
    const [half] = painted(tiles, cell(0, 0, 0.5), cell(0, 0, 0.25))
    const shown = compose(at, cells, tiles)
    expect(shown[0]).toEqual({ picture: half, rect: { x: 0, y: 0, w: 2 * TILE, h: 2 * TILE } })
    expect(shown.slice(1).map(({ picture }) => picture)).toEqual(there)
  })

  test('what covers only a part is laid over something less like', () => {
    const tiles = namedStore()
    const at = view(0, 0, 1)
    const [double, quarter] = painted(tiles, cell(0, 0, 2), cell(0, 0, 0.25))
    const shown = compose(at, cellsInView(at, 1), tiles).map(({ picture }) => picture)
    expect(shown).toEqual([quarter, double])
  })

  test('bare paper is shown only where something else would shine through', () => {
    const tiles = namedStore()
    const at = view(0, 0, 1)
    const cells = cellsInView(at, 1)
    for (const one of cells) tiles.put(one, 1)
    expect(compose(at, cells, tiles)).toEqual([])
    const others = namedStore()
    for (const one of cells.slice(1)) others.put(one, 1)
    painted(others, cell(0, 0, 0.25))
    expect(compose(at, cells, others).filter(({ picture }) => !picture)).toHaveLength(
      cells.length - 1,
    )
  })
})

function clipped({ x, y, w, h }: Box, { w: cssW, h: cssH, dpr }: View): Box {
  const [left, top] = [Math.max(0, x), Math.max(0, y)]
  const right = Math.min(cssW * dpr, x + w)
  return { x: left, y: top, w: right - left, h: Math.min(cssH * dpr, y + h) - top }
}
