/** What the commands do to a board; how they are reached is tested with the keys. */
import { describe, expect, test } from 'vitest'
import { box, scene, type Scene } from '../testing/scene.ts'

const three = () => scene([box('a', 0, 0), box('b', 150, 30), box('c', 400, 90)])
const places = ({ get }: Scene, ...ids: string[]) => ids.map((id) => get(id).at.slice(1))

describe('edit commands', () => {
  test('[D1] duplicate goes aside, and again as far as the copies were moved', () => {
    const made = three()
    made.editor.select(['a'])
    made.hand.key('mod+d')
    const first = made.newest(['a', 'b', 'c'])
    expect(first.at).toEqual(['page:1', 16, 16])
    made.hand.drag([66, 66], [66, 250])
    made.hand.key('mod+d')
    const second = made.newest(['a', 'b', 'c', first.id])
    expect(second.at).toEqual(['page:1', 32, 400])
    made.board.undo.undo()
    expect(made.board.size).toBe(4)
  })

  test('[D1] a duplicated group holds copies, and copied arrows hold on to copies', () => {
    const arrow = {
      kind: 'arrow',
      id: 'x',
      at: ['page:1', 0, 0],
      points: [
        [0, 0],
        [1, 1],
      ],
      start: { id: 'a', anchor: [0.5, 0.5], mode: 'edge' },
      end: { id: 'c', anchor: [0.5, 0.5], mode: 'edge' },
    } as const
    const { board, editor, hand } = scene([
      box('a', 0, 0),
      box('b', 200, 0),
      box('c', 400, 0),
      arrow,
    ])
    const group = board.group(['a', 'b']) ?? ''
    editor.select([group, 'x'])
    hand.key('mod+d')
    const copies = [...board.shapes()].filter(({ id }) => !['a', 'b', 'c', 'x', group].includes(id))
    const copied = copies.find(({ kind }) => kind === 'arrow')
    const copiedGroup = copies.find(({ kind }) => kind === 'group')
    expect(copies.length).toBe(4)
    expect(copies.some(({ id }) => id === copied?.start?.id)).toBe(true)
    expect(board.children(copiedGroup?.id ?? '').length).toBe(2)
    expect(editor.selection).toEqual(new Set([copied?.id, copiedGroup?.id]))
  })

  test('[D2] delete takes the selection, locked shapes stay', () => {
    const { board, editor, hand } = three()
    editor.select(['a', 'b'])
    board.update([['b', { locked: true }]])
    hand.key('Backspace')
    expect([[...editor.selection], board.size]).toEqual([['b'], 2])
  })

  test('[D3] select all takes what is not locked, inside a group its contents', () => {
    const { board, editor, hand } = three()
    board.update([['c', { locked: true }]])
    hand.key('mod+a')
    expect([...editor.selection]).toEqual(['a', 'b'])
    hand.key('mod+g').doubleClick(50, 50).key('mod+a')
    expect([...editor.selection].sort()).toEqual(['a', 'b'])
  })

  test('[D4] group and ungroup select what comes of it', () => {
    const { board, editor, hand } = three()
    editor.select(['a', 'b'])
    hand.key('mod+g')
    const [group] = [...editor.selection]
    expect(board.shape(group ?? '')?.kind).toBe('group')
    hand.key('mod+shift+g')
    expect([[...editor.selection].sort(), board.size]).toEqual([['a', 'b'], 3])
  })

  test('[D5] lock toggles, unlock-all frees everything', () => {
    const { editor, get, hand } = three()
    editor.select(['a', 'b'])
    hand.key('shift+l')
    expect([get('a').locked, editor.overlay.handles]).toEqual([true, []])
    editor.select([])
    editor.run('unlock-all')
    expect([get('a').locked, get('b').locked, [...editor.selection].sort()]).toEqual([
      false,
      false,
      ['a', 'b'],
    ])
  })

  test('[D6] undo and redo leave no vanished shape selected', () => {
    const { editor, hand, newest } = three()
    hand.key('r').drag([500, 500], [600, 600])
    expect(editor.selection.size).toBe(1)
    hand.key('mod+z')
    expect(editor.selection.size).toBe(0)
    hand.key('mod+shift+z')
    expect(newest(['a', 'b', 'c']).kind).toBe('rectangle')
    hand.key('mod+z').key('mod+y')
    expect(newest(['a', 'b', 'c']).w).toBe(100)
  })

  test('[D7] Tab goes round the shapes once one is selected', () => {
    const { editor, hand } = three()
    editor.select(['b'])
    const seen = [hand.key('Tab'), hand.key('Tab'), hand.key('shift+Tab')].map(
      () => [...editor.selection][0],
    )
    expect(seen).toEqual(['c', 'c', 'c'])
    expect([...hand.key('Tab').editor.selection]).toEqual(['a'])
  })

  test('[S4] Enter writes in a shape and enters a group', () => {
    const { board, editor, hand } = three()
    editor.select([board.group(['a', 'b']) ?? ''])
    hand.key('Enter')
    expect([...editor.selection].sort()).toEqual(['a', 'b'])
    editor.select(['c'])
    hand.key('Enter')
    expect(editor.editing).toBe('c')
  })
})

describe('arrange commands', () => {
  test.each([
    [
      'alt+a',
      [
        [0, 0],
        [0, 30],
        [0, 90],
      ],
    ],
    [
      'alt+d',
      [
        [400, 0],
        [400, 30],
        [400, 90],
      ],
    ],
    [
      'alt+w',
      [
        [0, 0],
        [150, 0],
        [400, 0],
      ],
    ],
    [
      'alt+s',
      [
        [0, 90],
        [150, 90],
        [400, 90],
      ],
    ],
    [
      'alt+h',
      [
        [200, 0],
        [200, 30],
        [200, 90],
      ],
    ],
    [
      'mod+shift+ArrowLeft',
      [
        [0, 0],
        [0, 30],
        [0, 90],
      ],
    ],
    [
      'alt+shift+h',
      [
        [0, 0],
        [200, 30],
        [400, 90],
      ],
    ],
    [
      'alt+shift+v',
      [
        [0, 0],
        [150, 45],
        [400, 90],
      ],
    ],
  ])('[A1] %s puts the shapes at %j', (key, result) => {
    const made = three()
    made.editor.select(['a', 'b', 'c'])
    made.hand.key(key)
    expect(places(made, 'a', 'b', 'c')).toEqual(result)
    made.board.undo.undo()
    expect(places(made, 'a', 'b', 'c')).toEqual([
      [0, 0],
      [150, 30],
      [400, 90],
    ])
  })

  test('[A2] flipping mirrors places, pictures and turns; twice is as before', () => {
    const made = scene([box('a', 0, 0), { ...box('b', 200, 0, { angle: 0.3 }), kind: 'image' }])
    made.editor.select(['a', 'b'])
    made.hand.key('shift+h')
    expect(made.get('b').flipX).toBe(true)
    expect(made.get('b').angle).toBeCloseTo(-0.3)
    expect(made.board.pageBounds('a').x).toBeGreaterThan(made.board.pageBounds('b').x)
    made.hand.key('shift+h')
    expect(made.get('b').flipX).toBe(false)
    expect(
      [made.get('a').at[1], made.get('b').angle].map((n) => Math.round(n * 1e6) / 1e6),
    ).toEqual([0, 0.3])
  })

  test('[A3] shift with . and , turns by 15 degrees', () => {
    const { editor, get, hand } = three()
    editor.select(['a'])
    hand.key('>', { code: 'Period', shift: true })
    expect(get('a').angle).toBeCloseTo(Math.PI / 12)
    hand.key('<', { code: 'Comma', shift: true })
    expect(get('a').angle).toBe(0)
  })
})

describe('style', () => {
  test('[Y1] setStyle changes the selection, groups included, in one step, and the next shapes', () => {
    const { board, editor, get } = three()
    editor.select([board.group(['a', 'b']) ?? ''])
    editor.setStyle({ stroke: '#ff0000', endHead: 'bar' })
    expect([get('a').stroke, get('b').stroke, get('c').stroke]).toEqual([
      '#ff0000',
      '#ff0000',
      '#1e1e1e',
    ])
    expect([get('a').endHead, editor.style.stroke, editor.style.endHead]).toEqual([
      'none',
      '#ff0000',
      'bar',
    ])
    board.undo.undo()
    expect([get('a').stroke, get('b').stroke]).toEqual(['#1e1e1e', '#1e1e1e'])
  })

  test('[Y1] locked shapes keep their style', () => {
    const { board, editor, get } = three()
    editor.select(['a', 'b'])
    board.update([['b', { locked: true }]])
    editor.setStyle({ stroke: '#ff0000' })
    expect([get('a').stroke, get('b').stroke]).toEqual(['#ff0000', '#1e1e1e'])
  })

  test('[Y2] what is shown is the selection, mixed where it differs', () => {
    const { editor } = scene([box('a', 0, 0, { stroke: '#ff0000' }), box('b', 0, 0)])
    editor.select(['a', 'b'])
    expect([editor.shownStyle.stroke, editor.shownStyle.fill, editor.shownStyle.endHead]).toEqual([
      'mixed',
      '#ffffff',
      'arrow',
    ])
    editor.select(['a'])
    expect(editor.shownStyle.stroke).toBe('#ff0000')
    editor.select([])
    expect(editor.shownStyle).toEqual(editor.style)
  })

  test('[Y1] larger type makes a text larger', () => {
    const { editor, get, hand } = scene([{ kind: 'text', id: 't', text: 'abcd', w: 40, h: 25 }])
    editor.select(['t'])
    editor.setStyle({ fontSize: 40 })
    expect([get('t').w, get('t').h]).toEqual([80, 50])
    hand.key('<', { code: 'Comma', shift: true, mod: true })
    expect(get('t').fontSize).toBe(36)
  })

  test('[Y3] a style is copied from one shape to others', () => {
    const { editor, get, hand } = scene([
      box('a', 0, 0, { stroke: '#ff0000', dash: 'dotted' }),
      box('b', 0, 0),
    ])
    editor.select(['a'])
    hand.key('mod+alt+c')
    editor.select(['b'])
    hand.key('mod+alt+v')
    expect([get('b').stroke, get('b').dash]).toEqual(['#ff0000', 'dotted'])
  })

  test('[Y1] listeners of style hear of it when the selection or its looks change', () => {
    const { board, editor } = three()
    let told = 0
    editor.on('style', () => told++)
    editor.select(['a'])
    board.update([['a', { stroke: '#ff0000' }]])
    board.update([['b', { stroke: '#ff0000' }]])
    expect(told).toBe(2)
  })
})
