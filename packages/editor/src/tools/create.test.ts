/** The tools that make and remove shapes. */
import { growingInk } from '@kolam/board'
import { describe, expect, test } from 'vitest'
import { PEN_POINTS_MAX } from '../limits.ts'
import { box, scene } from '../testing/scene.ts'

describe('box tools', () => {
  test.each(['rectangle', 'ellipse', 'diamond'] as const)('[B1] a drag makes a %s', (kind) => {
    const { editor, hand, newest } = scene()
    editor.setTool(kind)
    hand.drag([100, 100], [40, 180])
    const made = newest()
    expect([made.kind, made.at, made.w, made.h]).toEqual([kind, ['page:1', 40, 100], 60, 80])
    expect([editor.tool, [...editor.selection]]).toEqual(['select', [made.id]])
  })

  test('[B2] shift makes it as wide as high, alt grows it about where it began', () => {
    const { editor, hand, newest } = scene()
    editor.setTool('rectangle')
    hand.drag([100, 100], [40, 180], { shift: true, alt: true })
    const { at, w, h } = newest()
    expect([at, w, h]).toEqual([['page:1', 20, 20], 160, 160])
  })

  test('[B3] a click makes a box of the usual size about the pointer, in one step', () => {
    const { board, editor, hand, newest } = scene()
    editor.setTool('ellipse')
    hand.click(200, 200)
    const { at, w, h } = newest()
    expect([at, w, h]).toEqual([['page:1', 120, 150], 160, 100])
    board.undo.undo()
    expect(board.size).toBe(0)
  })

  test('[B4] a locked tool stays in hand', () => {
    const { board, editor, hand } = scene()
    editor.setTool('rectangle')
    hand.key('q').drag([0, 0], [50, 50]).drag([100, 0], [150, 50])
    expect([board.size, editor.tool, editor.selection.size]).toEqual([2, 'rectangle', 0])
  })

  test('[B5] new shapes have the current style, a seed of their own and labels in the middle', () => {
    const { editor, hand, board } = scene()
    editor.setStyle({ stroke: '#ff0000', fill: '#00ff00', endHead: 'bar' })
    editor.toolLocked = true
    editor.setTool('rectangle')
    hand.drag([0, 0], [50, 50]).drag([100, 0], [150, 50])
    const [a, b] = board.ordered()
    expect([a?.stroke, a?.fill, a?.endHead, a?.textAlign, a?.verticalAlign]).toEqual([
      '#ff0000',
      '#00ff00',
      'none',
      'center',
      'middle',
    ])
    expect(a?.seed).not.toBe(b?.seed)
  })

  test('[B1] what is drawn at another zoom is where the pointer was on the page', () => {
    const { editor, hand, newest } = scene()
    editor.setCamera({ x: 1000, y: -500, zoom: 4 })
    editor.setTool('rectangle')
    hand.drag([100, 100], [140, 180])
    const { at, w, h } = newest()
    expect([at, w, h]).toEqual([['page:1', 1025, -475], 10, 20])
  })
})

describe('arrow and line', () => {
  test('[L1] a drag makes a line from end to end; a click makes nothing', () => {
    const { board, editor, hand, newest } = scene()
    editor.setTool('line')
    hand.click(10, 10)
    expect(board.size).toBe(0)
    hand.drag([100, 100], [40, 180])
    const { kind, at, w, h, points } = newest()
    expect([kind, at, w, h, points]).toEqual([
      'line',
      ['page:1', 40, 100],
      60,
      80,
      [
        [60, 0],
        [0, 80],
      ],
    ])
  })

  test('[L2] an arrow binds to what is under its ends; the middle of a shape draws the end to it', () => {
    const { editor, hand, newest } = scene([box('a', 0, 0), box('b', 300, 0, { fill: 'none' })])
    editor.setTool('arrow')
    hand.move(20, 30)
    expect(editor.overlay.bindTarget).toBe('a')
    hand.down(20, 30).move(200, 50).move(345, 55)
    expect(editor.overlay.bindTarget).toBe('b')
    hand.up()
    const { start, end, endHead } = newest(['a', 'b'])
    expect([start, end, endHead]).toEqual([
      { id: 'a', anchor: [0.2, 0.3], mode: 'edge' },
      { id: 'b', anchor: [0.5, 0.5], mode: 'edge' },
      'arrow',
    ])
    expect(editor.overlay.bindTarget).toBe(null)
  })

  test('[L2] both ends never hold on to one shape; mod holds on to none; a line never does', () => {
    const { editor, hand, newest } = scene([box('a', 0, 0)])
    editor.setTool('arrow')
    hand.drag([10, 10], [80, 80])
    const inside = newest(['a'])
    expect([inside.start?.id, inside.end]).toEqual(['a', null])
    editor.setTool('arrow')
    hand.drag([10, 10], [300, 80], { mod: true })
    expect(newest(['a', inside.id]).start).toBe(null)
  })

  test('[L2] of nested shapes the smallest holds the end', () => {
    const { editor, hand, newest } = scene([
      box('small', 50, 50, { w: 20, h: 20 }),
      box('large', 0, 0, { fill: 'none' }),
    ])
    editor.setTool('arrow')
    hand.drag([60, 60], [400, 60])
    expect(newest(['small', 'large']).start?.id).toBe('small')
  })

  test('[L3] shift turns it in steps of 15 degrees', () => {
    const { editor, hand, newest } = scene()
    editor.setTool('arrow')
    hand.drag([0, 0], [100, 4], { shift: true })
    const { h, w } = newest()
    expect([Math.round(w), h]).toEqual([100, 0])
  })
})

describe('pen', () => {
  test('[P1] a stroke holds every sample, its box is that of its points', () => {
    const { editor, hand, newest } = scene()
    editor.setTool('draw')
    hand.down(100, 100).move(120, 90)
    editor.pointerMove({
      id: 1,
      type: 'mouse',
      button: 0,
      buttons: 1,
      at: { x: 160, y: 110 },
      pressure: 0.5,
      shift: false,
      alt: false,
      mod: false,
      clicks: 1,
      samples: [
        { at: { x: 140, y: 100 }, pressure: 0.5 },
        { at: { x: 160, y: 110 }, pressure: 0.5 },
      ],
    })
    hand.up()
    const { at, w, h, ink, pressure } = newest()
    expect([at, w, h, pressure]).toEqual([['page:1', 100, 90], 60, 20, false])
    expect(ink.map(([x, y]) => [x, y])).toEqual([
      [0, 10],
      [20, 0],
      [40, 10],
      [60, 20],
    ])
    expect([editor.tool, editor.selection.size]).toEqual(['draw', 0])
  })

  test('[P2] a click leaves a dot', () => {
    const { editor, hand, newest } = scene()
    editor.setTool('draw')
    hand.click(50, 60)
    const { at, ink } = newest()
    expect([at, ink.length]).toEqual([['page:1', 50, 60], 1])
  })

  test('[P3] a pen writes its pressure', () => {
    const { editor, hand, newest } = scene()
    editor.setTool('draw')
    hand
      .down(0, 0, { type: 'pen', pressure: 0 })
      .move(10, 0, { type: 'pen', pressure: 1 })
      .up({ type: 'pen' })
    const { ink, pressure } = newest()
    expect([pressure, ink.map(([, , p]) => p)]).toEqual([true, [0, 1]])
  })

  test('[P4] all points are on the screen before they are in the document', () => {
    const { clock, editor, hand, newest } = scene()
    editor.setTool('draw')
    hand.down(0, 0).move(10, 0).move(20, 0)
    const { id, ink } = newest()
    expect([ink.length, editor.overlay.drafts.get(id)?.ink.length]).toEqual([1, 3])
    expect(editor.overlay.drafts.get(id)?.w).toBe(20)
    clock.advance(34)
    expect(newest().ink.length).toBe(3)
    hand.up()
    expect(editor.overlay.drafts.size).toBe(0)
  })

  test('[P4] what is shown is what will be read back', () => {
    const { editor, hand, newest } = scene()
    editor.setCamera({ x: 0, y: 0, zoom: 3 })
    editor.setTool('draw')
    hand.down(10, 10)
    for (let i = 0; i < 200; i++) hand.move(i * 3.7, 90 * Math.sin(i / 7), { pressure: i / 200 })
    const { id, at } = newest()
    const shown = editor.overlay.drafts.get(id)?.ink.slice() ?? []
    hand.up()
    const read = newest()
    const [x, y] = [read.at[1] - at[1], read.at[2] - at[2]]
    expect(read.ink.map((p) => [p[0] + x, p[1] + y, p[2]])).toEqual(shown)
  })

  test('[P5] what is predicted is shown, moves on, and is never written', () => {
    const { editor, hand, newest } = scene()
    editor.setTool('draw')
    hand.down(0, 0)
    const ahead = () => growingInk(editor.overlay.drafts.get(newest().id)!)?.ahead.map(([x]) => x)
    for (const x of [10, 20]) {
      hand.move(x, 0, {
        predicted: [
          [x + 5, 0],
          [NaN, 0],
          [x + 8, 0],
        ],
      })
      expect(ahead()).toEqual([x + 5, x + 8])
    }
    hand.key('Shift')
    expect(ahead()).toEqual([])
    hand.up()
    expect(newest().ink.map(([x]) => x)).toEqual([0, 10, 20])
  })

  test('[P5] a pen that rests shows no prediction', () => {
    const { editor, hand, newest } = scene()
    editor.setTool('draw')
    hand.down(0, 0).move(10, 0, { predicted: [[15, 0]] })
    const ahead = () => growingInk(editor.overlay.drafts.get(newest().id)!)?.ahead.length
    editor.tick()
    editor.tick()
    expect(ahead()).toBe(1)
    let heard = 0
    editor.on('overlay', () => heard++)
    editor.tick()
    expect([ahead(), heard]).toEqual([0, 1])
    editor.tick()
    expect(heard).toBe(1)
  })

  test('[P6] a stroke that is full goes on in the next, and all of it is one step', () => {
    const { board, editor, hand } = scene()
    editor.setTool('draw')
    hand.down(0, 0)
    for (let i = 1; i < PEN_POINTS_MAX + 500; i++) hand.move(i % 500, i)
    hand.up()
    const [one, two] = board.ordered()
    expect([board.size, one?.ink.length, two?.ink.length]).toEqual([2, PEN_POINTS_MAX, 501])
    const end = one!.ink.at(-1)!
    expect([one!.at[1] + end[0], one!.at[2] + end[1]]).toEqual([
      two!.at[1] + two!.ink[0]![0],
      two!.at[2] + two!.ink[0]![1],
    ])
    board.undo.undo()
    expect(board.size).toBe(0)
  })

  test('[P6] and leaves nothing when it is cancelled', () => {
    const { board, editor, hand, json } = scene()
    const before = json()
    editor.setTool('draw')
    hand.down(0, 0)
    for (let i = 1; i < PEN_POINTS_MAX + 9; i++) hand.move(i % 500, i)
    expect(board.size).toBe(2)
    hand.key('Escape').up()
    expect([json(), board.undo.undo()]).toEqual([before, false])
  })

  test('[P7] the points shown are shared, not copied', () => {
    const { clock, editor, hand, newest } = scene()
    editor.setTool('draw')
    hand.down(0, 0).move(10, 0)
    const { id } = newest()
    const { ink } = editor.overlay.drafts.get(id)!
    for (let i = 0; i < 100; i++) {
      hand.move(20 + 5 * i, 0)
      clock.advance(8)
      expect(editor.overlay.drafts.get(id)?.ink).toBe(ink)
    }
    expect(ink.length).toBe(102)
    expect(growingInk(editor.overlay.drafts.get(id)!)?.points).toBe(ink)
  })
})

describe('text', () => {
  test('[T1] a click begins a text there, in the middle of its first line, and goes back to select', () => {
    const { editor, hand, newest } = scene()
    editor.setTool('text')
    hand.click(100, 100)
    const { id, kind, at, h } = newest()
    expect([kind, at, h]).toEqual(['text', ['page:1', 100, 87.5], 25])
    expect([editor.editing, editor.tool, [...editor.selection]]).toEqual([id, 'select', [id]])
  })

  test('[T2] the box follows the text as it is typed, from where the text is aligned', () => {
    const { board, editor, get, hand, newest } = scene()
    editor.setStyle({ textAlign: 'center' })
    editor.setTool('text')
    hand.click(100, 100)
    const { id, at, w } = newest()
    const middle = at[1] + w / 2
    board.setText(id, 'abcd')
    expect([get(id).w, get(id).at[1] + get(id).w / 2]).toEqual([40, middle])
    board.setText(id, 'abcd\nabcdef')
    expect([get(id).w, get(id).h]).toEqual([60, 50])
    editor.stopEditing()
    board.undo.undo()
    expect(board.size).toBe(0)
  })

  test('[T2] typing in a shape is one step of its own', () => {
    const { board, editor, get } = scene([box('a', 0, 0)])
    board.update([['a', { stroke: '#ff0000' }]])
    editor.startEditing('a')
    board.setText('a', 'ab')
    board.setText('a', 'abc')
    editor.stopEditing()
    board.undo.undo()
    expect([get('a').text, get('a').stroke]).toEqual(['', '#ff0000'])
  })

  test('[T3] a text left empty goes away, an emptied label does not take its shape along', () => {
    const { board, editor, hand, json } = scene([box('a', 0, 0, { text: 'label' })])
    const before = json()
    editor.setTool('text')
    hand.click(300, 300).key('Escape')
    expect([json(), editor.editing, board.undo.undo(), json()]).toEqual([
      before,
      null,
      false,
      before,
    ])
    editor.startEditing('a')
    board.setText('a', '')
    editor.stopEditing()
    expect(board.shape('a')?.text).toBe('')
  })

  test('[T4] a click with the text tool on a text writes in it', () => {
    const { board, editor, hand } = scene([{ kind: 'text', id: 't', text: 'abcd', w: 40, h: 25 }])
    editor.setTool('text')
    hand.click(20, 12)
    expect([editor.editing, board.size]).toEqual(['t', 1])
  })

  test('[T5] pressing the board ends writing; a deleted shape ends it too', () => {
    const { board, editor, hand } = scene([box('a', 0, 0)])
    editor.startEditing('a')
    hand.click(500, 500)
    expect(editor.editing).toBe(null)
    editor.startEditing('a')
    board.remove(['a'])
    expect(editor.editing).toBe(null)
  })

  test('[T6] strokes, groups and locked shapes are not written in', () => {
    const { editor } = scene([
      box('a', 0, 0, { locked: true }),
      { kind: 'draw', id: 'd', ink: [[0, 0, 1]] },
    ])
    editor.startEditing('a')
    editor.startEditing('d')
    editor.startEditing('nobody')
    expect(editor.editing).toBe(null)
  })
})

describe('eraser', () => {
  const three = () => scene([box('a', 0, 0), box('b', 200, 0), box('c', 400, 0, { locked: true })])

  test('[E1] what is met fades and goes when the pointer is let go, whole groups at once', () => {
    const { board, editor, hand } = three()
    const group = board.group(['a', 'b']) ?? ''
    editor.setTool('eraser')
    hand.down(50, 50).move(60, 60)
    expect([...editor.overlay.erasing].sort()).toEqual(['a', 'b', group].sort())
    expect(board.size).toBe(4)
    hand.up()
    expect([board.size, editor.tool]).toEqual([1, 'eraser'])
  })

  test('[E2] a fast way between two samples meets what lies between; locked shapes stay', () => {
    const { board, editor, hand } = three()
    editor.setTool('eraser')
    hand.down(-50, 50).move(700, 50).up()
    expect([...board.shapes()].map(({ id }) => id)).toEqual(['c'])
  })

  test('[E3] alt gives back what is met again', () => {
    const { board, editor, hand } = three()
    editor.setTool('eraser')
    hand.down(50, 50).move(250, 50).move(240, 50, { alt: true }).up()
    expect([...board.shapes()].map(({ id }) => id).sort()).toEqual(['b', 'c'])
  })
})
