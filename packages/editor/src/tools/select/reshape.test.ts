import { describe, expect, test } from 'vitest'
import type { HandleName, Shape } from '@kolam/board'
import type { Editor } from '../../editor.ts'
import { box, scene, type Scene } from '../../testing/scene.ts'
import type { Held } from '../../testing/drive.ts'

const handle = (editor: Editor, name: HandleName): readonly [number, number] => {
  const found = editor.overlay.handles.find((shown) => shown.name === name)
  if (!found) throw new Error(`There is no handle "${name}"`)
  return [found.at.x, found.at.y]
}

const pull = (
  { editor, hand }: Scene,
  name: HandleName,
  [dx, dy]: [number, number],
  held: Held = {},
) => {
  const [x, y] = handle(editor, name)
  hand.drag([x, y], [x + dx, y + dy], held)
}

const boxOf = ({ at: [, x, y], w, h }: Shape) =>
  [x, y, w, h].map((n) => Math.round(n * 1000) / 1000)

function selected(...shapes: Parameters<typeof scene>[0] & object) {
  const made = scene(shapes)
  made.editor.select(shapes.flatMap(({ id }) => id ?? []))
  return made
}

describe('select: resize', () => {
  const cases: [HandleName, Held, number[]][] = [
    ['se', {}, [0, 0, 120, 140]],
    ['nw', {}, [20, 40, 80, 60]],
    ['ne', {}, [0, 40, 120, 60]],
    ['sw', {}, [20, 0, 80, 140]],
    ['n', {}, [0, 40, 100, 60]],
    ['s', {}, [0, 0, 100, 140]],
    ['e', {}, [0, 0, 120, 100]],
    ['w', {}, [20, 0, 80, 100]],
    ['se', { shift: true }, [0, 0, 140, 140]],
    ['e', { shift: true }, [0, -10, 120, 120]],
    ['se', { alt: true }, [-20, -40, 140, 180]],
    ['e', { alt: true }, [-20, 0, 140, 100]],
  ]
  test.each(cases)('[S10] handle %s pulled by 20,40 with %j gives %j', (name, held, result) => {
    const made = selected(box('a', 0, 0))
    pull(made, name, [20, 40], held)
    expect(boxOf(made.get('a'))).toEqual(result)
  })

  test('[S10] crossing the other side turns the box inside out and mirrors pictures', () => {
    const made = selected({ ...box('a', 0, 0), kind: 'image' })
    pull(made, 'e', [-150, 0], { shift: true })
    expect(boxOf(made.get('a'))).toEqual([-50, 0, 50, 100])
    expect([made.get('a').flipX, made.get('a').flipY]).toEqual([true, false])
  })

  test('[S11] pictures and strokes keep their proportions unless shift is held', () => {
    const made = selected({ ...box('a', 0, 0), kind: 'image', w: 200 })
    pull(made, 'se', [200, 0])
    expect(boxOf(made.get('a'))).toEqual([0, 0, 400, 200])
    pull(made, 'se', [-200, 0], { shift: true })
    expect(boxOf(made.get('a'))).toEqual([0, 0, 200, 200])
  })

  test('[S11] a stroke is scaled with its points, keeps its place in the order and its selection', () => {
    const stroke = {
      kind: 'draw',
      id: 's',
      at: ['page:1', 300, 0],
      w: 100,
      h: 50,
      ink: [
        [0, 0, 0.5],
        [100, 50, 0.5],
      ],
    } as const
    const made = scene([stroke, box('a', 0, 0)])
    made.editor.select(['s'])
    pull(made, 'se', [100, 50])
    expect([...made.editor.selection]).toEqual(['s'])
    const scaled = made.get('s')
    expect(boxOf(scaled)).toEqual([300, 0, 200, 100])
    expect(scaled.ink.map(([x, y]) => [x, y])).toEqual([
      [0, 0],
      [200, 100],
    ])
    expect(made.board.ordered().map((shape) => shape.id)).toEqual(['s', 'a'])
    made.board.undo.undo()
    expect(boxOf(made.get('s'))).toEqual([300, 0, 100, 50])
    expect(made.board.ordered().map((shape) => shape.id)).toEqual(['s', 'a'])
  })

  test('[S12] a corner of a text scales its type, a side sets where it wraps', () => {
    const text = { kind: 'text', id: 't', text: 'abcdefgh', w: 80, h: 25 } as const
    const made = selected(text)
    pull(made, 'se', [80, 25])
    expect([made.get('t').fontSize, ...boxOf(made.get('t'))]).toEqual([40, 0, 0, 160, 50])
    pull(made, 'e', [-80, 0])
    const wrapped = made.get('t')
    expect([wrapped.autoSize, wrapped.fontSize, ...boxOf(wrapped)]).toEqual([
      false,
      40,
      0,
      0,
      80,
      100,
    ])
  })

  test('[S12] a text has no handles above and below, a small box none in the middle of its sides', () => {
    const names = ({ editor }: Scene) => editor.overlay.handles.map(({ name }) => name).join(' ')
    const text = selected({ kind: 'text', id: 't', text: 'abcdefgh', w: 80, h: 50 })
    expect(names(text)).toBe('nw ne se sw e w rotate')
    const small = selected(box('a', 0, 0, { w: 20 }))
    expect(names(small)).toBe('nw ne se sw e w rotate')
    small.editor.zoomTo(2)
    expect(names(small)).toBe('nw ne se sw n s e w rotate')
  })

  test('[S12] the opposite corner of a text stays, however large it is measured', () => {
    const made = selected({ kind: 'text', id: 't', text: 'abcdefgh', w: 80, h: 25 })
    pull(made, 'nw', [-80, 0], { shift: true })
    const [x = 0, y = 0, w = 0, h = 0] = boxOf(made.get('t'))
    expect(w).toBeCloseTo(113.137)
    expect([x + w, y + h].map((n) => Math.round(n))).toEqual([80, 25])
  })

  test('[S10] a handle taken beside its middle does not jump', () => {
    const made = selected(box('a', 0, 0))
    made.hand.drag([103, 97], [123, 137])
    expect(boxOf(made.get('a'))).toEqual([0, 0, 120, 140])
  })

  test('[S10] several shapes are stretched together, groups with what is in them', () => {
    const made = scene([box('a', 0, 0), box('b', 100, 100)])
    made.editor.select([made.board.group(['a', 'b']) ?? ''])
    pull(made, 'se', [200, 0])
    expect([boxOf(made.get('a')), made.board.pageBounds('b')]).toEqual([
      [0, 0, 200, 100],
      { x: 200, y: 100, w: 200, h: 100 },
    ])
  })

  test('[S10] a turned shape keeps its opposite corner where it is', () => {
    const made = selected(box('a', 0, 0, { angle: Math.PI / 6 }))
    const [x, y] = handle(made.editor, 'nw')
    pull(made, 'se', [30, 50])
    const [afterX, afterY] = handle(made.editor, 'nw')
    expect(afterX).toBeCloseTo(x)
    expect(afterY).toBeCloseTo(y)
  })

  test('[S10] a frame is a window: what is in it stays where it is on the page', () => {
    const made = scene([
      { kind: 'frame', id: 'f', at: ['page:1', 0, 0], w: 300, h: 300 },
      { ...box('a', 0, 0), at: ['f', 100, 100] },
    ])
    made.editor.select(['f'])
    pull(made, 'nw', [50, 30])
    expect(boxOf(made.get('f'))).toEqual([50, 30, 250, 270])
    expect(made.board.pageBounds('a')).toEqual({ x: 100, y: 100, w: 100, h: 100 })
  })

  test('[S13] a shape without any size can be pulled larger only where that means something', () => {
    const made = selected(box('a', 50, 50, { w: 0, h: 0 }))
    pull(made, 'se', [40, 40])
    expect(boxOf(made.get('a')).every(Number.isFinite)).toBe(true)
  })
})

describe('select: turn', () => {
  test('[S14] the rotate handle turns about the middle, with shift in steps of 15 degrees', () => {
    const made = selected(box('a', 0, 0))
    const [x, y] = handle(made.editor, 'rotate')
    made.hand
      .down(x, y)
      .move(x + 40, y)
      .move(140, 52, { shift: true })
      .up({ shift: true })
    expect(made.get('a').angle).toBeCloseTo(Math.PI / 2)
    expect(boxOf(made.get('a'))).toEqual([0, 0, 100, 100])
  })

  test('[S14] several shapes turn about their common middle', () => {
    const made = selected(box('a', 0, 0), box('b', 200, 0))
    const [x, y] = handle(made.editor, 'rotate')
    made.hand.drag([x, y], [150 + 90, 50])
    expect(boxOf(made.get('a'))).toEqual([100, -100, 100, 100])
    expect(boxOf(made.get('b'))).toEqual([100, 100, 100, 100])
    expect(made.get('b').angle).toBeCloseTo(Math.PI / 2)
  })

  test('[S14] a line is turned by its points', () => {
    const line = {
      kind: 'line',
      id: 'l',
      at: ['page:1', 0, 0],
      w: 100,
      h: 0,
      points: [
        [0, 0],
        [100, 0],
      ],
    } as const
    const made = selected(line, box('a', 0, 50))
    made.editor.select(['l', 'a'])
    made.editor.run('turn-right')
    expect(made.get('l').angle).toBe(0)
    const [[, y0] = [0, 0], [, y1] = [0, 0]] = made.get('l').points
    expect(y1 - y0).toBeCloseTo(100 * Math.sin(Math.PI / 12))
  })
})

describe('select: points of a line', () => {
  const arrow = {
    kind: 'arrow',
    id: 'c',
    at: ['page:1', 0, 200],
    w: 100,
    h: 0,
    points: [
      [0, 0],
      [100, 0],
    ],
  } as const

  test('[S15] a line alone shows its points and no frame; dragging one moves it', () => {
    const made = selected(arrow)
    expect(made.editor.overlay.frame).toBe(null)
    expect(made.editor.overlay.handles.map(({ name }) => name)).toEqual(['point:0', 'point:1'])
    pull(made, 'point:1', [0, -50])
    expect([...boxOf(made.get('c')), made.get('c').points]).toEqual([
      0,
      150,
      100,
      50,
      [
        [0, 50],
        [100, 0],
      ],
    ])
  })

  test('[S15] an end dragged over a shape binds to it, and says so on the way', () => {
    const made = scene([box('a', 300, 150), arrow])
    made.editor.select(['c'])
    made.hand.down(100, 200).move(200, 200).move(320, 170)
    expect(made.editor.overlay.bindTarget).toBe('a')
    made.hand.up()
    expect(made.get('c').end).toEqual({ id: 'a', anchor: [0.2, 0.2], mode: 'edge' })
    expect(made.editor.overlay.bindTarget).toBe(null)
    pull(made, 'point:1', [-200, 0])
    expect(made.get('c').end).toBe(null)
  })

  test('[S15] mod keeps an end from binding', () => {
    const made = scene([box('a', 300, 150), arrow])
    made.editor.select(['c'])
    pull(made, 'point:1', [220, -30], { mod: true })
    expect(made.get('c').end).toBe(null)
  })
})
