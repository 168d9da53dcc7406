import { describe, expect, test } from 'vitest'
import { ZOOM_MAX, ZOOM_MIN } from '../limits.ts'
import { box, scene } from '../testing/scene.ts'

const finger = (id: number) => ({ id, type: 'touch' as const })

describe('camera', () => {
  test('[H1] wheel pans, with shift sideways; with mod it zooms about the pointer', () => {
    const { editor } = scene()
    editor.wheel({ at: { x: 100, y: 100 }, dx: 5, dy: 30, mod: false, shift: false })
    expect(editor.camera).toEqual({ x: 5, y: 30, zoom: 1 })
    editor.wheel({ at: { x: 100, y: 100 }, dx: 0, dy: 30, mod: false, shift: true })
    expect(editor.camera).toEqual({ x: 35, y: 30, zoom: 1 })
    const before = editor.desk.camera.toPage({ x: 100, y: 100 })
    editor.wheel({ at: { x: 100, y: 100 }, dx: 0, dy: -10, mod: true, shift: false })
    expect(editor.camera.zoom).toBeGreaterThan(1)
    const after = editor.desk.camera.toPage({ x: 100, y: 100 })
    expect(after.x).toBeCloseTo(before.x)
    expect(after.y).toBeCloseTo(before.y)
  })

  test('[H2] zoom stays within its limits and refuses what is no number', () => {
    const { editor } = scene()
    editor.zoomTo(1e9)
    expect(editor.camera.zoom).toBe(ZOOM_MAX)
    editor.zoomTo(0)
    expect(editor.camera.zoom).toBe(ZOOM_MIN)
    const before = editor.camera
    editor.zoomTo(Number.NaN)
    editor.setCamera({ x: Number.NaN, y: 0, zoom: 1 })
    editor.panBy(Number.POSITIVE_INFINITY, 0)
    editor.wheel({ at: { x: Number.NaN, y: 0 }, dx: 0, dy: 5, mod: true, shift: false })
    expect(editor.camera).toEqual(before)
  })

  test('[H3] fits the board and the selection in the view, and shows the origin of an empty board', () => {
    const { editor, board } = scene([box('a', 1000, 1000), box('b', 3000, 1000)])
    editor.setViewport({ w: 800, h: 600 })
    editor.zoomToFit()
    const { x, y, zoom } = editor.camera
    expect(zoom).toBeCloseTo((800 - 128) / 2100)
    expect([x + 400 / zoom, y + 300 / zoom]).toEqual([2050, 1050])
    editor.select(['a'])
    editor.zoomToSelection()
    expect(editor.camera.zoom).toBe(2)
    board.remove(['a', 'b'])
    editor.zoomToSelection()
    expect(editor.camera).toEqual({ x: 0, y: 0, zoom: 1 })
  })

  test('[H3] fits a dot, and ignores a view without size', () => {
    const { editor } = scene([box('a', 50, 50, { w: 0, h: 0 })])
    editor.setViewport({ w: 0, h: 0 })
    editor.zoomToFit()
    expect([editor.camera.zoom, editor.viewport]).toEqual([1, { w: 1024, h: 768 }])
  })

  test('[H4] keys zoom by stops about the middle', () => {
    const { editor, hand } = scene()
    hand.key('mod+=')
    expect(editor.camera.zoom).toBe(1.5)
    hand.key('mod+-').key('mod+-')
    expect(editor.camera.zoom).toBe(0.75)
    hand.key('mod+0')
    expect(editor.camera).toEqual({ x: 0, y: 0, zoom: 1 })
  })
})

describe('panning', () => {
  test.each([
    ['the middle button', { button: 1 }],
    ['the right button', { button: 2 }],
  ])('[H5] %s pans from any tool', (_name, held) => {
    const { board, editor, hand } = scene()
    editor.setTool('rectangle')
    hand.drag([100, 100], [140, 120], held)
    expect([editor.camera, board.size, editor.tool]).toEqual([
      { x: -40, y: -20, zoom: 1 },
      0,
      'rectangle',
    ])
  })

  test('[H5] holding space pans and shows a hand', () => {
    const { editor, hand } = scene([box('a', 0, 0)])
    hand.key(' ')
    expect(editor.cursor).toBe('grab')
    hand.down(50, 50)
    expect(editor.cursor).toBe('grabbing')
    hand.move(70, 50).up().keyUp(' ')
    expect([editor.camera.x, editor.selection.size, editor.cursor]).toEqual([-20, 0, 'default'])
  })

  test('[H5] the hand pans, and Escape puts the view back', () => {
    const { editor, hand } = scene([box('a', 0, 0)])
    editor.setTool('hand')
    hand.drag([0, 0], [10, 20])
    expect(editor.camera).toEqual({ x: -10, y: -20, zoom: 1 })
    hand.down(0, 0).move(100, 100).key('Escape')
    expect(editor.camera).toEqual({ x: -10, y: -20, zoom: 1 })
  })

  test('[H6] a right click that does not wander selects for the menu', () => {
    const { editor, hand } = scene([box('a', 0, 0), box('b', 200, 0)])
    hand.down(50, 50, { button: 2 }).move(52, 50, { button: 2 }).up({ button: 2 })
    expect([[...editor.selection], editor.camera.x]).toEqual([['a'], 0])
    editor.select(['a', 'b'])
    hand.click(50, 50, { button: 2 })
    expect([...editor.selection]).toEqual(['a', 'b'])
    hand.click(500, 500, { button: 2 })
    expect(editor.selection.size).toBe(0)
  })

  test('[H7] what is dragged stays under the pointer when the view moves', () => {
    const { editor, get, hand } = scene([box('a', 0, 0)])
    hand.down(50, 50).move(60, 50)
    editor.wheel({ at: { x: 60, y: 50 }, dx: 100, dy: 0, mod: false, shift: false })
    hand.up()
    expect(get('a').at[1]).toBe(110)
  })
})

describe('fingers', () => {
  test('[G6] two fingers pan and zoom', () => {
    const { editor, hand } = scene()
    hand.down(100, 100, finger(1)).down(200, 100, finger(2)).move(300, 100, finger(2))
    expect(editor.camera.zoom).toBeCloseTo(2)
    const { x } = editor.desk.camera.toPage({ x: 100, y: 100 })
    expect(x).toBeCloseTo(100)
    hand.up(finger(1)).move(350, 150, finger(2)).up(finger(2))
    hand.down(10, 10, finger(3)).up(finger(3))
    expect(editor.toolState).toBe('idle')
  })

  test('[G6] a second finger takes back what the first one was doing', () => {
    const { board, editor, hand } = scene()
    editor.setTool('draw')
    hand.down(100, 100, finger(1)).move(150, 150, finger(1)).down(200, 100, finger(2))
    expect([board.size, editor.toolState]).toEqual([0, 'idle'])
    hand.up(finger(2)).move(180, 180, finger(1)).up(finger(1))
    expect([board.size, board.undo.undo()]).toEqual([0, false])
  })

  test('[G6] a pen takes over from the palm', () => {
    const { editor, hand, newest } = scene()
    editor.setTool('draw')
    hand.down(400, 400, finger(1)).move(410, 410, finger(1))
    hand
      .down(100, 100, { id: 2, type: 'pen' })
      .move(150, 100, { id: 2, type: 'pen' })
      .up({ id: 2, type: 'pen' })
    expect([editor.board.size, newest().at]).toEqual([1, ['page:1', 100, 100]])
  })

  test('[G1] a finger may wander less than 8 px', () => {
    const { get, hand } = scene([box('a', 0, 0)])
    hand.drag([50, 50], [57, 50], finger(1))
    expect(get('a').at[1]).toBe(0)
    hand.drag([50, 50], [58, 50], finger(1))
    expect(get('a').at[1]).toBe(8)
  })
})

describe('odd input', () => {
  test('[G6] a press whose end was lost ends when the pointer comes down again', () => {
    const { editor, get, hand } = scene([box('a', 0, 0)])
    hand.down(50, 50).move(90, 50).down(500, 500).up()
    expect([get('a').at[1], editor.toolState, editor.selection.size]).toEqual([40, 'idle', 0])
  })

  test('[G6] after Escape the rest of the drag means nothing', () => {
    const { editor, get, hand } = scene([box('a', 0, 0)])
    hand.down(50, 50).move(90, 50).key('Escape').move(300, 300)
    hand.move(50, 50)
    expect([get('a').at[1], editor.overlay.hovered]).toEqual([0, null])
    hand.up()
    expect([editor.toolState, get('a').at[1]]).toEqual(['idle', 0])
  })

  test('[O2] the pointer is known on the page until it leaves', () => {
    const { editor, hand } = scene()
    expect(editor.pointer).toBe(null)
    editor.setCamera({ x: 100, y: 0, zoom: 2 })
    hand.move(50, 50)
    expect(editor.pointer).toEqual({ x: 125, y: 25 })
    editor.pointerLeave()
    expect(editor.pointer).toBe(null)
  })

  test('[G6] coordinates that are no numbers and huge ones do no harm', () => {
    const { board, editor, hand } = scene([box('far', 9e8, 9e8)])
    editor.setTool('rectangle')
    hand.down(Number.NaN, 0).move(Number.NaN, 5).up()
    hand.drag([0, 0], [1e12, 1e12])
    editor.zoomToFit()
    editor.select(['far'])
    hand.key('ArrowRight')
    for (const shape of board.shapes()) {
      expect([...shape.at.slice(1), shape.w, shape.h].every(Number.isFinite)).toBe(true)
    }
  })

  test('[G5] after dispose nothing happens', () => {
    const { board, editor, hand } = scene()
    editor.setTool('rectangle')
    editor.dispose()
    editor.dispose()
    hand.drag([0, 0], [50, 50]).key('r')
    expect([board.size, editor.tool]).toEqual([0, 'rectangle'])
  })
})
