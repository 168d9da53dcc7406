import { describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { Board, EMPTY_OVERLAY, FIRST_PAGE } from '@kolam/board'
import type { NewShape, Overlay, Shape, ShapeId } from '@kolam/board'
import { ERASING_OPACITY } from './paint-shapes.ts'
import type { FakeCanvas } from './testing/fake-canvas.ts'
import { stage } from './testing/stage.ts'
import type { Stage } from './testing/stage.ts'
import { themeColor } from './theme-color.ts'
import { BACKGROUND } from './theme.ts'
import { TILE } from './tiles/grid.ts'

/** A filled rectangle that can be told by its colour. */
const box = (fill: string, x: number, y: number, more: Partial<NewShape> = {}): NewShape => ({
  kind: 'rectangle',
  at: [FIRST_PAGE, x, y],
  w: 50,
  h: 50,
  stroke: 'none',
  fill,
  ...more,
})

/** Colours of the shapes filled, in order. */
const filled = (canvas: FakeCanvas) => canvas.named('fill').map(({ fillStyle }) => fillStyle)
/** Rectangles wiped with paper. */
const wiped = (canvas: FakeCanvas) => canvas.named('fillRect').map(({ args }) => args)

function drafting(shapes: readonly Shape[]): Overlay {
  return { ...EMPTY_OVERLAY, drafts: new Map(shapes.map((shape) => [shape.id, shape])) }
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return copy
}

/** The shape there is, somewhere else. */
function moved(shape: Shape | undefined, x: number, y: number): Shape {
  if (!shape) throw new Error('no such shape')
  return { ...shape, at: [shape.at[0], x, y] }
}

describe('frames', () => {
  test('the first frame paints everything, and then the board is idle', () => {
    const { scene, surface, renderer, frames } = stage([box('red', 0, 0), box('blue', 100, 0)])
    expect(filled(scene)).toEqual(['red', 'blue'])
    expect(wiped(scene)).toEqual([[0, 0, TILE, TILE]])
    expect(surface.pieces.map(({ rect }) => rect)).toEqual([{ x: 0, y: 0, w: TILE, h: TILE }])
    expect(renderer.idle).toBe(true)
    expect(frames).toEqual([])
  })

  test('nothing is scheduled when nothing changed', () => {
    const { renderer, frames } = stage([box('red', 0, 0)])
    renderer.setCamera({ x: 0, y: 0, zoom: 1 })
    renderer.resize({ w: 400, h: 300, dpr: 1 })
    renderer.setTheme('light')
    renderer.setOverlay(EMPTY_OVERLAY)
    expect(frames).toEqual([])
  })

  test('many changes make one frame', () => {
    const { board, ids, renderer, frames } = stage([box('red', 0, 0)])
    for (const id of ids) board.update([[id, { fill: 'blue' }]])
    renderer.setCamera({ x: 5, y: 0, zoom: 1 })
    renderer.setTheme('dark')
    expect(frames).toHaveLength(1)
    expect(renderer.idle).toBe(false)
  })

  test('tells when it becomes idle and when it is no more', () => {
    const { board, ids, renderer, settle } = stage([box('red', 0, 0)])
    const told: boolean[] = []
    renderer.on('idle', (idle) => told.push(idle))
    for (const id of ids) board.update([[id, { fill: 'blue' }]])
    settle()
    expect(told).toEqual([false, true])
    expect(renderer.idle).toBe(true)
  })

  test('after dispose nothing is painted', () => {
    const { board, renderer, frames } = stage([box('red', 0, 0)])
    renderer.setTheme('dark')
    renderer.dispose()
    board.insert([box('blue', 0, 0)])
    expect(frames).toEqual([])
  })
})

describe('the scene', () => {
  test('paints only what is in view', () => {
    const { scene } = stage([box('red', 0, 0), box('blue', 5000, 0), box('green', 0, -2000)])
    expect(filled(scene)).toEqual(['red'])
  })

  test('sliding moves what is painted, and paints what comes into view', () => {
    const { scene, surface, renderer, frame } = stage([
      box('red', 100, 100),
      box('blue', 1700, 100),
    ])
    renderer.setCamera({ x: 60, y: 20, zoom: 1 })
    frame()
    expect(filled(scene)).toEqual([])
    expect(surface.pieces.map(({ rect: { x, y } }) => [x, y])).toEqual([[-60, -20]])
    renderer.setCamera({ x: 1400, y: 20, zoom: 1 })
    frame()
    expect(filled(scene)).toEqual(['blue'])
    expect(surface.pieces.map(({ rect }) => rect.x)).toContain(3 * TILE - 1400)
  })

  test('sliding by parts of a pixel never shifts the picture by parts of a pixel', () => {
    const { surface, renderer, frame } = stage([box('red', 100, 100)], { dpr: 1.5 })
    for (let i = 1; i <= 20; i++) {
      renderer.setCamera({ x: i * 0.37, y: -i * 0.21, zoom: 1 })
      frame()
      for (const { rect } of surface.pieces) {
        expect([rect.x, rect.y].every((by) => Number.isInteger(by))).toBe(true)
        expect([rect.w, rect.h]).toEqual([TILE, TILE])
      }
    }
  })

  test('a zoom and a theme paint everything; a new size only what it shows more of', () => {
    const { scene, surface, renderer, frame, settle, clock } = stage([box('red', 0, 0)])
    clock.advance(1000)
    renderer.setCamera({ x: 0, y: 0, zoom: 1.1 })
    frame()
    expect(filled(scene)).toEqual(['red'])
    settle()
    renderer.setTheme('dark')
    frame()
    expect(filled(scene)).toEqual([themeColor('red', 'dark')])
    expect(surface.ground?.paper).toBe(BACKGROUND.dark)
    settle()
    renderer.resize({ w: 500, h: 300, dpr: 1 })
    frame()
    expect(filled(scene)).toEqual([])
    renderer.resize({ w: 500, h: 300, dpr: 2 })
    frame()
    expect(filled(scene)).toEqual([themeColor('red', 'dark')])
  })

  test('bare paper takes no canvas', () => {
    const { surface } = stage([box('red', 5000, 0)])
    expect(surface.pieces).toEqual([])
  })

  test('a change paints where the shape was and is, and what lies there', () => {
    const shapes = [box('red', 10, 10), box('blue', 30, 30), box('green', 300, 200)]
    const { board, ids, scene, frame } = stage(shapes)
    board.update([[ids[0] ?? '', { fill: 'pink' }]])
    frame()
    expect(filled(scene)).toEqual(['pink', 'blue'])
    const [[x = 0, y = 0, w = 0, h = 0] = []] = wiped(scene) as number[][]
    expect(x + w).toBeLessThan(200)
    expect(y + h).toBeLessThan(200)
  })

  test('a tile that was painted in part is painted as a whole when nothing else is to be done', () => {
    const { board, ids, scene, renderer, frame } = stage([
      box('red', 10, 10),
      box('blue', 300, 200),
    ])
    board.update([[ids[0]!, { fill: 'pink' }]])
    frame()
    expect([filled(scene), renderer.idle]).toEqual([['pink'], false])
    frame()
    frame()
    expect(filled(scene)).toEqual(['pink', 'blue'])
    expect(renderer.idle).toBe(true)
  })

  test('a removed shape is wiped', () => {
    const { board, ids, scene, frame } = stage([box('red', 10, 10)])
    board.remove(ids)
    frame()
    expect(wiped(scene)).toHaveLength(1)
    expect(filled(scene)).toEqual([])
  })

  test('paints in the order of the board', () => {
    const { board, ids, scene, renderer, frame } = stage([box('red', 0, 0), box('blue', 20, 20)])
    board.reorder([ids[0] ?? ''], 'front')
    frame()
    expect(filled(scene)).toEqual(['blue', 'red'])
    renderer.setTheme('dark')
    frame()
    expect(filled(scene)).toEqual([themeColor('blue', 'dark'), themeColor('red', 'dark')])
  })

  test('frames clip what is inside them and only that', () => {
    const frame: NewShape = { kind: 'frame', id: 'f', at: [FIRST_PAGE, 10, 20], w: 80, h: 60 }
    const inside = box('red', 60, 10, { at: ['f', 60, 10] })
    const { scene } = stage([frame, inside, box('blue', 200, 0)])
    const names = scene.calls.map(({ name, args }) => `${name} ${args.join(' ')}`)
    const clip = names.indexOf('rect 0 0 80 60')
    expect(names[clip + 1]).toBe('clip ')
    const order = scene.calls
      .slice(clip)
      .map(({ name, fillStyle }) => (name === 'fill' ? fillStyle : name))
    expect(order.indexOf('red')).toBeLessThan(order.indexOf('restore'))
    expect(order.indexOf('restore')).toBeLessThan(order.indexOf('blue'))
  })

  test('opacity is inherited from groups and frames', () => {
    const group: NewShape = { kind: 'frame', id: 'g', opacity: 0.5, w: 100, h: 100 }
    const { scene } = stage([group, box('red', 0, 0, { at: ['g', 0, 0], opacity: 0.5 })])
    expect(scene.named('fill').map(({ globalAlpha }) => globalAlpha)).toEqual([0.25])
  })
})

describe('what is under somebody’s hands', () => {
  test('drafts are painted above and not in the scene', () => {
    const { board, ids, scene, overlay, renderer, frame } = stage([
      box('red', 0, 0),
      box('blue', 100, 0),
    ])
    renderer.setOverlay(drafting([moved(board.shape(ids[0] ?? ''), 7, 9)]))
    frame()
    expect(filled(scene)).toEqual([])
    expect(wiped(scene)).toHaveLength(1)
    expect(overlay.named('fill').map((call) => [call.fillStyle, call.transform])).toEqual([
      ['red', [1, 0, 0, 1, 7, 9]],
    ])
  })

  test('moving a draft on, and committing it, leaves the scene alone', () => {
    const { board, ids, scene, overlay, renderer, frame } = stage([box('red', 0, 0)])
    const id = ids[0] ?? ''
    renderer.setOverlay(drafting([moved(board.shape(id), 7, 9)]))
    frame()
    renderer.setOverlay(drafting([moved(board.shape(id), 30, 30)]))
    board.update([[id, { at: [FIRST_PAGE, 30, 30] }]])
    frame()
    expect(scene.named('fillRect')).toEqual([])
    expect(filled(overlay)).toEqual(['red'])
  })

  test('letting go puts the shape back into the scene where it now is', () => {
    const { board, ids, scene, renderer, frame } = stage([box('red', 0, 0)])
    const id = ids[0] ?? ''
    renderer.setOverlay(drafting([moved(board.shape(id), 200, 100)]))
    frame()
    board.update([[id, { at: [FIRST_PAGE, 200, 100] }]])
    renderer.setOverlay(EMPTY_OVERLAY)
    frame()
    expect(scene.named('fill').map(({ transform }) => transform)).toEqual([[1, 0, 0, 1, 200, 100]])
  })

  test('what is inside a dragged frame and arrows bound to it come along', () => {
    const end = { id: 'f', anchor: [0.5, 0.5], mode: 'edge' } as const
    const arrow: NewShape = {
      kind: 'arrow',
      points: [
        [300, 200],
        [50, 50],
      ],
      stroke: 'green',
      end,
    }
    const { board, scene, overlay, renderer, frame } = stage([
      { kind: 'frame', id: 'f', w: 100, h: 100, fill: 'white' },
      box('red', 0, 0, { at: ['f', 10, 10] }),
      arrow,
    ])
    renderer.setOverlay(drafting([moved(board.shape('f'), 50, 0)]))
    frame()
    expect(filled(scene)).toEqual([])
    expect(scene.named('stroke')).toEqual([])
    expect(filled(overlay)).toEqual(['white', 'red'])
    expect(overlay.named('stroke').map(({ strokeStyle }) => strokeStyle)).toContain('green')
  })

  describe('many at once', () => {
    const many = Array.from({ length: 30 }, (_, i) => box('red', (i % 10) * 30, 60))
    const start = {}

    /** Everything moved by `x` since the gesture began. */
    function carrying({ board, ids }: Stage, x: number): Overlay {
      const shapes = ids.map((id) => moved(board.shape(id), (board.shape(id)?.at[1] ?? 0) + x, 60))
      return { ...drafting(shapes), carried: { start, by: { x, y: 0 } } }
    }

    test('are painted once and then only shown somewhere else', () => {
      const all = stage(many)
      const { scene, overlay, carried, sides, renderer, settle } = all
      renderer.setOverlay(carrying(all, 5))
      settle()
      expect(carried.pieces.map(({ rect }) => rect.x)).toEqual([0])
      const painted = sides.map((side) => side.named('fill').length)
      renderer.setOverlay(carrying(all, 25))
      settle()
      expect(carried.pieces.map(({ rect }) => rect.x)).toContain(20)
      expect(sides.map((side) => side.named('fill').length)).toEqual(painted)
      expect([...filled(scene), ...filled(overlay)]).toEqual([])
    })

    test('stay in sight until the scene shows them', () => {
      const all = stage(many)
      const { board, ids, carried, scene, renderer, frame, settle } = all
      renderer.setOverlay(carrying(all, 5))
      settle()
      board.update(ids.map((id) => [id, { at: [FIRST_PAGE, board.shape(id)!.at[1] + 5, 60] }]))
      renderer.setOverlay(EMPTY_OVERLAY)
      expect(carried.pieces).toHaveLength(1)
      frame()
      expect(filled(scene)).toHaveLength(30)
      expect(carried.pieces).toEqual([])
      settle()
      expect(renderer.idle).toBe(true)
    })

    test('are painted anew when somebody else changes one', () => {
      const all = stage(many)
      const { board, ids, sides, renderer, settle } = all
      renderer.setOverlay(carrying(all, 5))
      settle()
      const before = sides.flatMap((side) => filled(side)).length
      const other = new Board(copyOf(board.doc))
      other.update([[ids[3]!, { fill: 'blue' }]])
      Y.applyUpdate(board.doc, Y.encodeStateAsUpdate(other.doc))
      renderer.setOverlay(carrying(all, 6))
      settle()
      const fresh = sides.flatMap((side) => filled(side)).slice(before)
      expect(fresh).toContain('blue')
    })
  })

  test('a draft the board does not have yet is painted on top', () => {
    const { board, ids, overlay, renderer, frame } = stage([box('red', 0, 0)])
    const old = moved(board.shape(ids[0] ?? ''), 5, 5)
    renderer.setOverlay(drafting([{ ...old, id: 'new', fill: 'blue' }, old]))
    frame()
    expect(filled(overlay)).toEqual(['red', 'blue'])
  })

  test('the text being edited is not painted, its shape is', () => {
    const { ids, scene, renderer, frame } = stage([box('red', 0, 0, { text: 'hi' })])
    expect(scene.named('fillText')).toHaveLength(1)
    renderer.setOverlay({ ...EMPTY_OVERLAY, editing: ids[0] ?? null })
    frame()
    expect(filled(scene)).toEqual(['red'])
    expect(scene.named('fillText')).toEqual([])
  })

  test('what is about to be erased fades, with what is inside it', () => {
    const { scene, renderer, frame } = stage([
      { kind: 'group', id: 'g' },
      box('red', 0, 0, { at: ['g', 0, 0] }),
      box('blue', 10, 10),
    ])
    renderer.setOverlay({ ...EMPTY_OVERLAY, erasing: new Set<ShapeId>(['g']) })
    frame()
    const alphas = scene.named('fill').map(({ fillStyle, globalAlpha }) => [fillStyle, globalAlpha])
    expect(alphas).toEqual([
      ['red', ERASING_OPACITY],
      ['blue', 1],
    ])
  })

  test('frame, handles, marquee and outlines are painted above only', () => {
    const { ids, scene, overlay, renderer, frame } = stage([box('red', 0, 0)])
    renderer.setOverlay({
      ...EMPTY_OVERLAY,
      selected: ids,
      frame: { box: { x: 0, y: 0, w: 50, h: 50 }, angle: 0 },
      handles: [
        { name: 'nw', at: { x: 0, y: 0 } },
        { name: 'rotate', at: { x: 25, y: -20 } },
      ],
      marquee: { x: 5, y: 5, w: 10, h: 10 },
    })
    frame()
    expect(scene.calls).toEqual([])
    expect(overlay.named('strokeRect')).toHaveLength(1)
    expect(overlay.named('fill')).toHaveLength(2)
    renderer.setOverlay(EMPTY_OVERLAY)
    frame()
    expect(
      overlay.calls.map(({ name }) => name).filter((name) => name === 'fill' || name === 'stroke'),
    ).toEqual([])
  })
})

describe('what others keep changing', () => {
  /** A change that comes from somebody else. */
  function fromElsewhere(board: Board, change: (other: Board) => void): void {
    const other = new Board(copyOf(board.doc))
    change(other)
    Y.applyUpdate(board.doc, Y.encodeStateAsUpdate(other.doc))
  }

  test('is painted above until it rests, and the scene only twice', () => {
    const { board, ids, scene, overlay, renderer, frame, settle, clock } = stage([
      box('red', 0, 0),
      box('blue', 200, 0),
    ])
    const move = (x: number) =>
      fromElsewhere(board, (other) => other.update([[ids[0]!, { at: [FIRST_PAGE, x, 0] }]]))
    move(10)
    frame()
    expect(filled(scene)).toEqual(['red'])
    clock.advance(50)
    move(20)
    frame()
    expect([filled(scene), filled(overlay)]).toEqual([[], ['red']])
    for (const x of [30, 40, 50]) {
      settle()
      move(x)
      frame()
      expect([filled(scene), filled(overlay)]).toEqual([[], ['red']])
    }
    expect(renderer.idle).toBe(false)
    clock.advance(1000)
    frame()
    expect([filled(scene), filled(overlay)]).toEqual([['red'], []])
    settle()
    expect(renderer.idle).toBe(true)
  })

  test('one change alone goes straight into the scene', () => {
    const { board, ids, scene, overlay, frame, clock } = stage([box('red', 0, 0)])
    for (let i = 0; i < 3; i++) {
      fromElsewhere(board, (other) => other.update([[ids[0]!, { at: [FIRST_PAGE, i * 9, 9] }]]))
      frame()
      expect([filled(scene), filled(overlay)]).toEqual([['red'], []])
      clock.advance(2000)
    }
  })
})

describe('pictures', () => {
  const picture: NewShape = {
    kind: 'image',
    asset: 'sha',
    w: 60,
    h: 40,
    flipX: true,
    crop: { x: 0.5, y: 0, w: 0.5, h: 1 },
  }

  test('the board is not idle before a visible picture has settled', () => {
    const { scene, images, renderer, frame, settle } = stage([picture])
    expect(renderer.idle).toBe(false)
    expect(scene.named('scale')).toEqual([])
    images.settle('sha', { width: 200, height: 100 } as ImageBitmap)
    expect(renderer.idle).toBe(false)
    frame()
    expect(scene.named('drawImage').map(({ args }) => args.slice(1))).toEqual([
      [100, 0, 100, 100, 0, 0, 60, 40],
    ])
    expect(scene.named('scale').map(({ args }) => args)).toEqual([[-1, 1]])
    settle()
    expect(renderer.idle).toBe(true)
  })

  test('one that is missing does not keep the board from being idle', () => {
    const { images, renderer, settle } = stage([picture])
    images.settle('sha', 'missing')
    settle()
    expect(renderer.idle).toBe(true)
  })

  test('one that is out of view is not even asked for', () => {
    const { scene, renderer } = stage([{ ...picture, at: [FIRST_PAGE, 9000, 0] }])
    expect(scene.named('stroke')).toEqual([])
    expect(renderer.idle).toBe(true)
  })
})

describe('level of detail', () => {
  test('text too small to read is bars', () => {
    const { scene, renderer, frame } = stage([
      box('red', 0, 0, { text: 'hi', fontSize: 20, w: 200, h: 200 }),
    ])
    expect(scene.named('fillText')).toHaveLength(1)
    renderer.setCamera({ x: 0, y: 0, zoom: 0.1 })
    frame()
    expect(scene.named('fillText')).toEqual([])
    expect(wiped(scene)).toHaveLength(2)
  })

  test('fine fill lines become a tint, and are one until they can be drawn', async () => {
    const { scene, renderer, frame, settle } = stage([
      box('red', 0, 0, { fillStyle: 'hachure', w: 200, h: 200 }),
    ])
    expect(scene.named('fill').map(({ fillStyle }) => fillStyle)).toEqual(['red'])
    expect(renderer.idle).toBe(false)
    await vi.waitFor(() => expect(frame()).toBe(true))
    expect(filled(scene)).toEqual([])
    settle()
    expect(renderer.idle).toBe(true)
    renderer.setCamera({ x: 0, y: 0, zoom: 0.1 })
    frame()
    const [tint] = scene.named('fill')
    expect(tint?.fillStyle).toBe('red')
    expect(tint?.globalAlpha).toBeLessThan(1)
  })

  test('a thin pen stroke is a plain line', () => {
    const ink = Array.from({ length: 50 }, (_, i) => [i * 4, i % 7, 0.5] as const)
    const { scene, renderer, frame } = stage([{ kind: 'draw', ink, w: 200, h: 7, stroke: 'red' }])
    expect(filled(scene)).toEqual(['red'])
    renderer.setCamera({ x: 0, y: 0, zoom: 0.1 })
    frame()
    expect(filled(scene)).toEqual([])
    expect(scene.named('stroke').map(({ strokeStyle }) => strokeStyle)).toEqual(['red'])
  })

  test('of an outline around nothing the speck is weaker', () => {
    const { scene, renderer, frame } = stage([box('none', 0, 0, { w: 10, h: 10, stroke: 'red' })])
    renderer.setCamera({ x: 0, y: 0, zoom: 0.05 })
    frame()
    const speck = scene.named('fillRect').at(-1)
    expect(speck?.fillStyle).toBe('red')
    expect(speck?.globalAlpha).toBeLessThan(0.6)
  })

  test('a shape smaller than a pixel is a speck', () => {
    const { scene, renderer, frame } = stage([box('red', 0, 0, { w: 10, h: 10 })])
    renderer.setCamera({ x: 0, y: 0, zoom: 0.05 })
    frame()
    expect(scene.named('fillRect').at(-1)?.fillStyle).toBe('red')
    expect(filled(scene)).toEqual([])
  })
})
