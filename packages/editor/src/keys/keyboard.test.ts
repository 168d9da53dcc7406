import { describe, expect, test } from 'vitest'
import { box, scene } from '../testing/scene.ts'
import { keyOf } from '../testing/drive.ts'
import { TOOL_ORDER } from '../types.ts'

describe('keys', () => {
  test.each([
    ['v', 'select'],
    ['h', 'hand'],
    ['r', 'rectangle'],
    ['o', 'ellipse'],
    ['a', 'arrow'],
    ['l', 'line'],
    ['p', 'draw'],
    ['x', 'draw'],
    ['d', 'draw'],
    ['b', 'draw'],
    ['t', 'text'],
    ['e', 'eraser'],
  ])('[K1] %s takes up %s', (key, tool) => {
    const { editor, hand } = scene()
    editor.setTool(tool === 'hand' ? 'select' : 'hand')
    hand.key(key)
    expect(editor.tool).toBe(tool)
  })

  test('[K1] numbers follow the toolbar', () => {
    const { editor, hand } = scene()
    const taken = '1234567890'.split('').map((digit) => hand.key(digit).editor.tool)
    expect(taken).toEqual(TOOL_ORDER)
    expect(editor.shortcutOf('tool-diamond')).toBe('4')
  })

  test('[K2] letters work with CapsLock and on layouts that type something else', () => {
    const { editor, hand } = scene()
    hand.key('R', { code: 'KeyR' })
    expect(editor.tool).toBe('rectangle')
    hand.key('щ', { code: 'KeyO' })
    expect(editor.tool).toBe('ellipse')
    // AZERTY: the key in the place of Q types a; what is typed counts.
    hand.key('a', { code: 'KeyQ' })
    expect(editor.tool).toBe('arrow')
    hand.key('&', { code: 'Digit1' })
    expect(editor.tool).toBe('select')
  })

  test('[K2] symbols work where shift or option types something else', () => {
    const { board, editor, hand } = scene([box('a', 0, 0), box('b', 0, 0), box('c', 0, 0)])
    const order = () =>
      board
        .ordered()
        .map(({ id }) => id)
        .join('')
    editor.select(['a'])
    hand.key(']')
    expect(order()).toBe('bca')
    hand.key('}', { code: 'BracketRight', shift: true, mod: true })
    hand.key('‘', { code: 'BracketLeft', alt: true })
    expect(order()).toBe('bac')
    hand.key('!', { code: 'Digit1', shift: true })
    expect(editor.camera.zoom).toBe(1)
  })

  test('[K3] keyDown says whether the key was used', () => {
    const { editor } = scene()
    expect(editor.keyDown(keyOf('r'))).toBe(true)
    expect(editor.keyDown(keyOf('mod+r'))).toBe(false)
    expect(editor.keyDown(keyOf('Delete'))).toBe(false)
    expect(editor.keyDown(keyOf('Tab'))).toBe(false)
    expect(editor.keyDown(keyOf('mod+c'))).toBe(false)
  })

  test.each(['Escape', 'mod+Enter'])('[K4] while text is typed only %s is heard', (end) => {
    const { board, editor, hand } = scene([box('a', 0, 0)])
    editor.startEditing('a')
    hand.key('r').key('Delete').key('mod+a').key(' ').key('Enter')
    expect([editor.tool, board.size, editor.editing, editor.keyDown(keyOf('r'))]).toEqual([
      'select',
      1,
      'a',
      false,
    ])
    hand.key(end)
    expect(editor.editing).toBe(null)
  })

  test('[K5] during a gesture keys do not change the board under it', () => {
    const { board, editor, get, hand } = scene([box('a', 0, 0)])
    hand.down(50, 50).move(90, 50).key('Delete').key('mod+z').key('r')
    expect([board.size, editor.toolState, editor.tool]).toEqual([1, 'moving', 'select'])
    hand.up()
    expect(get('a').at[1]).toBe(40)
  })

  test('[K6] no two commands answer to one key, and ids are unique', () => {
    const { editor } = scene()
    const keys = editor.commands.flatMap((command) => command.keys)
    const ids = editor.commands.map((command) => command.id)
    expect([keys.length, ids.length]).toEqual([new Set(keys).size, new Set(ids).size])
  })

  test('[K6] shortcuts are written as people read them', () => {
    const { editor } = scene()
    expect(
      ['redo', 'zoom-in', 'nudge-left', 'unlock-all', 'nobody'].map((id) => editor.shortcutOf(id)),
    ).toEqual(['Mod+Shift+Z', 'Mod+=', '←', '', ''])
  })

  test('[K6] a command runs by id, and not when it would do nothing', () => {
    const { editor } = scene([box('a', 0, 0)])
    expect([editor.run('group'), editor.run('nobody'), editor.run('select-all')]).toEqual([
      false,
      false,
      true,
    ])
    expect([...editor.selection]).toEqual(['a'])
  })

  test('[K1] on a board that is only read, keys take up select and hand and nothing else', () => {
    const { board, editor, hand } = scene([box('a', 0, 0)])
    board.setReadOnly(true)
    hand.key('h')
    expect(editor.tool).toBe('hand')
    hand.key('r')
    expect(editor.tool).toBe('hand')
    editor.select(['a'])
    hand.key('Delete').key('mod+d').key('ArrowLeft').key('Enter').key('shift+l')
    expect([board.size, editor.editing, board.shape('a')?.at[1], board.shape('a')?.locked]).toEqual(
      [1, null, 0, false],
    )
  })
})
