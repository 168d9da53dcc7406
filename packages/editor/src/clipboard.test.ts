import { describe, expect, test } from 'vitest'
import { box, scene } from './testing/scene.ts'

describe('clipboard', () => {
  test('[C1] a copy pasted lies with its middle at the point, keeps its order and is selected', () => {
    const { board, editor, hand } = scene([box('a', 0, 0), box('b', 200, 0)])
    editor.select(['b', 'a'])
    const json = editor.copyShapes()
    const ids = editor.pasteShapes(json, { x: 1000, y: 1000 })
    expect(ids.map((id) => board.shape(id)?.at)).toEqual([
      ['page:1', 850, 950],
      ['page:1', 1050, 950],
    ])
    expect([...editor.selection]).toEqual(ids)
    hand.key('mod+z')
    expect(board.size).toBe(2)
  })

  test('[C1] groups come with their contents, strokes with their ink, arrows hold on to copies only', () => {
    const arrow = {
      kind: 'arrow',
      id: 'x',
      at: ['page:1', 0, 0],
      w: 10,
      h: 0,
      points: [
        [0, 0],
        [10, 0],
      ],
      start: { id: 'a', anchor: [0.5, 0.5], mode: 'edge' },
      end: { id: 'c', anchor: [0.5, 0.5], mode: 'edge' },
    } as const
    const from = scene([
      box('a', 0, 0),
      {
        kind: 'draw',
        id: 's',
        ink: [
          [0, 0, 1],
          [30, 40, 1],
        ],
      },
      box('c', 0, 0),
      arrow,
    ])
    from.editor.select([from.board.group(['a', 's']) ?? '', 'x'])
    const to = scene()
    const ids = to.editor.pasteShapes(from.editor.copyShapes())
    expect([ids.length, to.board.size]).toEqual([2, 4])
    const kinds = to.board.ordered().map(({ kind }) => kind)
    expect(kinds.sort()).toEqual(['arrow', 'draw', 'group', 'rectangle'])
    const shapes = [...to.board.shapes()]
    const pasted = shapes.find(({ kind }) => kind === 'arrow')
    expect(pasted?.start?.id).toBe(shapes.find(({ kind }) => kind === 'rectangle')?.id)
    expect(pasted?.end).toBe(null)
    expect(shapes.find(({ kind }) => kind === 'draw')?.ink.length).toBe(2)
  })

  test('[C1] a shape from a turned group is pasted as it looked', () => {
    const { board, editor } = scene([box('a', 0, 0), box('b', 200, 0)])
    const group = board.group(['a', 'b']) ?? ''
    board.update([[group, { angle: Math.PI / 2 }]])
    editor.select(['a'])
    const [id = ''] = editor.pasteShapes(editor.copyShapes(), { x: 0, y: 0 })
    expect(board.shape(id)?.angle).toBeCloseTo(Math.PI / 2)
    expect(board.shape(id)?.at[0]).toBe('page:1')
  })

  const json = (shapes: unknown, type = 'kolam/shapes', version = 1) =>
    JSON.stringify({ type, version, shapes })
  const good = { kind: 'rectangle', id: 'a', at: ['page:1', 0, 0], w: 10, h: 10 }

  test.each([
    ['no JSON', '{'],
    ['too long a text', ' '.repeat(32 * 1024 * 1024) + json([good])],
    ['something else', '"hello"'],
    ['another type', json([good], 'text')],
    ['another version', json([good], 'kolam/shapes', 2)],
    ['no list', json({})],
    ['an unknown kind', json([{ ...good, kind: 'bomb' }])],
    ['no place', json([{ ...good, at: undefined }])],
    ['a place that is no number', json([{ ...good, at: ['page:1', null, 0] }])],
    ['a place out of reach', json([{ ...good, at: ['page:1', 1e300, 0] }])],
    ['a negative size', json([{ ...good, w: -1 }])],
    ['points that are none', json([{ ...good, points: [[0]] }])],
    ['too many points', json([{ ...good, points: Array.from({ length: 50_001 }, () => [0, 0]) }])],
    ['ink that is none', json([{ ...good, kind: 'draw', ink: [[0, 0, 'x']] }])],
    ['too long a label', json([{ ...good, text: 'x'.repeat(100_001) }])],
    ['a text that is none', json([{ ...good, text: 5 }])],
    ['a binding that is none', json([{ ...good, kind: 'arrow', start: { id: 5 } }])],
    ['too many shapes', json(Array.from({ length: 20_001 }, (_, i) => ({ ...good, id: `s${i}` })))],
  ])('[C2] pastes nothing from %s', (_name, text) => {
    const { editor, updates } = scene()
    expect([editor.pasteShapes(text), updates()]).toEqual([[], 0])
  })

  test('[C2] repeated ids, circles and lost parents do no harm', () => {
    const { board, editor } = scene()
    const shapes = [
      good,
      good,
      { ...good, id: 'p', kind: 'group', at: ['q', 0, 0] },
      { ...good, id: 'q', kind: 'group', at: ['p', 0, 0] },
      { ...good, id: 'r', at: ['gone', 5, 5] },
    ]
    editor.pasteShapes(json(shapes))
    expect(board.size).toBe(4)
    expect(board.ordered().length).toBe(4)
  })

  test('[C2] nothing selected is nothing copied; a board that is only read takes no paste', () => {
    const { board, editor } = scene([box('a', 0, 0)])
    expect(editor.copyShapes()).toBe('')
    editor.select(['a'])
    board.setReadOnly(true)
    expect([editor.pasteShapes(json([good])), [...editor.selection]]).toEqual([[], ['a']])
  })
})
