import { describe, expect, test } from 'vitest'
import { box, scene } from '../../testing/scene.ts'

const two = () => scene([box('a', 0, 0), box('b', 200, 0)])

describe('select: click', () => {
  test('[S1] a click selects the topmost shape, a click on nothing clears', () => {
    const { editor, hand } = scene([box('low', 0, 0), box('high', 50, 50)])
    hand.click(75, 75)
    expect([...editor.selection]).toEqual(['high'])
    hand.click(500, 500)
    expect([...editor.selection]).toEqual([])
  })

  test('[S1] shift toggles, and keeps the selection when nothing is hit', () => {
    const { editor, hand } = two()
    hand.click(50, 50).click(250, 50, { shift: true })
    expect([...editor.selection]).toEqual(['a', 'b'])
    hand.click(50, 50, { shift: true }).click(500, 500, { shift: true })
    expect([...editor.selection]).toEqual(['b'])
  })

  test('[S2] a locked shape is not selected by a click or a marquee', () => {
    const { board, editor, hand } = scene([box('a', 0, 0, { locked: true }), box('b', 200, 0)])
    expect(hand.click(50, 50).editor.selection.size).toBe(0)
    expect(hand.drag([-20, -20], [120, 120]).editor.selection.size).toBe(0)
    const group = board.group(['a', 'b']) ?? ''
    board.update([[group, { locked: true }]])
    expect(hand.click(250, 50).editor.selection.size).toBe(0)
    expect(editor.overlay.hovered).toBe(null)
  })

  test('[S3] a click selects the whole group, a double click the shape in it, a mod click at once', () => {
    const { board, editor, hand } = two()
    const group = board.group(['a', 'b'])
    hand.click(50, 50)
    expect([...editor.selection]).toEqual([group])
    hand.doubleClick(50, 50)
    expect([...editor.selection]).toEqual(['a'])
    hand.click(250, 50)
    expect([...editor.selection]).toEqual(['b'])
    hand.click(500, 500).click(50, 50, { mod: true })
    expect([...editor.selection]).toEqual(['a'])
  })

  test('[S3] nested groups are entered one by one', () => {
    const { board, editor, hand } = scene([box('a', 0, 0), box('b', 200, 0), box('c', 400, 0)])
    const inner = board.group(['a', 'b']) ?? ''
    const outer = board.group([inner, 'c']) ?? ''
    const seen = [0, 1, 2].map((n) => [
      ...(n === 0 ? hand.click(50, 50) : hand.doubleClick(50, 50)).editor.selection,
    ])
    expect(seen).toEqual([[outer], [inner], ['a']])
    hand.click(450, 50)
    expect([...editor.selection]).toEqual(['c'])
    hand.click(50, 50)
    expect([...editor.selection]).toEqual([inner])
  })

  test('[S3] nothing is selected together with what contains it', () => {
    const { board, editor } = two()
    const group = board.group(['a', 'b']) ?? ''
    editor.select(['a', group, 'nobody'])
    expect([...editor.selection]).toEqual([group])
  })

  test('[S3] a frame is no group: what is in it is clicked at once, and Escape clears', () => {
    const frame = { kind: 'frame', id: 'f', at: ['page:1', 0, 0], w: 300, h: 300 } as const
    const { editor, hand } = scene([frame, { ...box('a', 0, 0), at: ['f', 50, 50] }])
    hand.click(100, 100)
    expect([...editor.selection]).toEqual(['a'])
    hand.key('Escape')
    expect(editor.selection.size).toBe(0)
  })

  test('[S3] Escape steps out of the group, then out of the selection', () => {
    const { board, editor, hand } = two()
    const group = board.group(['a', 'b'])
    hand.doubleClick(50, 50).key('Escape')
    expect([...editor.selection]).toEqual([group])
    hand.key('Escape')
    expect(editor.selection.size).toBe(0)
  })

  test('[S4] a double click on a shape writes in it, hollow or not, and on nothing makes a text', () => {
    const { board, editor, hand, newest } = scene([box('a', 0, 0, { fill: 'none' })])
    hand.doubleClick(50, 50)
    expect(editor.editing).toBe('a')
    hand.doubleClick(500, 500)
    const made = newest(['a'])
    expect([made.kind, editor.editing, board.size]).toEqual(['text', made.id, 2])
  })
})

describe('select: marquee', () => {
  test('[S5] takes what lies wholly in it, with alt what it touches', () => {
    const { editor, hand } = two()
    hand.drag([-20, -20], [250, 150])
    expect([...editor.selection]).toEqual(['a'])
    hand.drag([350, -20], [50, 150], { alt: true })
    expect([...editor.selection].sort()).toEqual(['a', 'b'])
  })

  test('[S5] shift adds to the selection, Escape gives the old one back', () => {
    const { editor, hand } = two()
    hand.click(50, 50).drag([180, -20], [320, 150], { shift: true })
    expect([...editor.selection]).toEqual(['a', 'b'])
    hand.down(400, 400).move(410, 410).move(450, 450)
    expect(editor.selection.size).toBe(0)
    expect(editor.overlay.marquee).toEqual({ x: 400, y: 400, w: 50, h: 50 })
    hand.key('Escape')
    expect([[...editor.selection], editor.overlay.marquee]).toEqual([['a', 'b'], null])
  })

  test('[S5] a group is taken only with everything in it', () => {
    const { board, editor, hand } = two()
    const group = board.group(['a', 'b'])
    hand.drag([-20, -20], [150, 150])
    expect(editor.selection.size).toBe(0)
    hand.drag([-20, -20], [350, 150])
    expect([...editor.selection]).toEqual([group])
  })
})

describe('select: move', () => {
  test('[S6] a drag moves the selection by the way of the pointer', () => {
    const { get, hand } = two()
    hand.drag([50, 50], [80, 70])
    expect(get('a').at).toEqual(['page:1', 30, 20])
    expect(get('b').at).toEqual(['page:1', 200, 0])
  })

  test('[G1] less than 4 px is a click', () => {
    const { get, hand, json } = two()
    const before = json()
    hand.drag([50, 50], [53, 50])
    expect(json()).toBe(before)
    hand.drag([50, 50], [54, 50])
    expect(get('a').at[1]).toBe(4)
  })

  test('[S6] shift keeps to one axis, also when pressed on the way', () => {
    const { get, hand } = two()
    hand.down(50, 50).move(90, 60).key('Shift', { shift: true }).up({ shift: true })
    expect(get('a').at).toEqual(['page:1', 40, 0])
  })

  test('[S7] alt drags copies', () => {
    const { board, editor, get, hand, newest } = two()
    hand.click(50, 50).drag([50, 50], [150, 250], { alt: true })
    const copy = newest(['a', 'b'])
    expect([get('a').at, copy.at]).toEqual([
      ['page:1', 0, 0],
      ['page:1', 100, 200],
    ])
    expect([[...editor.selection], board.undo.undo(), board.size]).toEqual([[copy.id], true, 2])
  })

  test('[S6] what is inside the frame around the selection drags it, also where nothing is', () => {
    const { editor, get, hand } = two()
    editor.select(['a', 'b'])
    hand.drag([150, 50], [150, 150])
    expect([get('a').at[2], get('b').at[2]]).toEqual([100, 100])
  })

  test('[S6] a shape in a turned group moves by the way of the pointer too', () => {
    const { board, hand } = two()
    const group = board.group(['a', 'b']) ?? ''
    board.update([[group, { angle: Math.PI / 2 }]])
    const before = board.pageBounds('a')
    hand.click(before.x + 50, before.y + 50, { mod: true })
    hand.drag([before.x + 50, before.y + 50], [before.x + 90, before.y + 60], { mod: true })
    const after = board.pageBounds('a')
    expect(after.x - before.x).toBeCloseTo(40)
    expect(after.y - before.y).toBeCloseTo(10)
  })

  test('[S8] an arrow dragged away from what held it lets go; one dragged with it holds on', () => {
    const arrow = {
      kind: 'arrow',
      id: 'c',
      at: ['page:1', 50, 50],
      w: 200,
      h: 0,
      points: [
        [0, 0],
        [200, 0],
      ],
      start: { id: 'a', anchor: [0.5, 0.5], mode: 'edge' },
      end: { id: 'b', anchor: [0.5, 0.5], mode: 'edge' },
    } as const
    const { editor, get, hand } = scene([box('a', 0, 0), box('b', 200, 0), arrow])
    hand.drag([150, 50], [150, 250])
    expect([get('c').start, get('c').end, get('c').at]).toEqual([null, null, ['page:1', 100, 250]])
    editor.run('undo')
    editor.select(['a', 'b', 'c'])
    hand.drag([20, 20], [20, 220])
    expect([get('c').start?.id, get('c').end?.id]).toEqual(['a', 'b'])
  })

  test('[S9] arrow keys nudge by 1, with shift by 10; presses in a row are one step', () => {
    const { board, get, hand } = two()
    hand.click(50, 50).key('ArrowRight').key('ArrowRight').key('shift+ArrowDown')
    expect(get('a').at).toEqual(['page:1', 2, 10])
    board.undo.undo()
    expect(get('a').at).toEqual(['page:1', 0, 0])
  })
})
