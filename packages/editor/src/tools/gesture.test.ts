/** What every gesture owes: one step, five exits, a bounded rate of writing, and calm when others delete. */
import { describe, expect, test } from 'vitest'
import { Board, type NewShape } from '@kolam/board'
import * as Y from 'yjs'
import { box, link, scene, type Scene } from '../testing/scene.ts'

interface Gesture {
  readonly name: string
  readonly shapes: readonly NewShape[]
  /** Begins it and leaves it with the button down, past any slop. */
  begin(made: Scene): void
}

const ARROW = {
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

const drag = (tool: Parameters<Scene['editor']['setTool']>[0]) => (made: Scene) => {
  made.editor.setTool(tool)
  made.hand.down(300, 300).move(310, 310).move(350, 340)
}

/** Gestures that change shapes; each begins at 300,300 or at a handle of `a`. */
const GESTURES: readonly Gesture[] = [
  {
    name: 'moving',
    shapes: [box('a', 250, 250)],
    begin: drag('select'),
  },
  {
    name: 'resizing',
    shapes: [box('a', 200, 200)],
    begin: ({ editor, hand }) => {
      editor.select(['a'])
      hand.down(300, 300).move(310, 310).move(350, 340)
    },
  },
  {
    name: 'rotating',
    shapes: [box('a', 250, 324)],
    begin: ({ editor, hand }) => {
      editor.select(['a'])
      hand.down(300, 300).move(310, 310).move(350, 340)
    },
  },
  {
    name: 'dragging-point',
    shapes: [ARROW],
    begin: ({ editor, hand }) => {
      editor.select(['c'])
      hand.down(100, 200).move(150, 220).move(180, 250)
    },
  },
  { name: 'rectangle', shapes: [box('a', 0, 0)], begin: drag('rectangle') },
  { name: 'arrow', shapes: [box('a', 0, 0)], begin: drag('arrow') },
  { name: 'line', shapes: [box('a', 0, 0)], begin: drag('line') },
  { name: 'draw', shapes: [box('a', 0, 0)], begin: drag('draw') },
  { name: 'eraser', shapes: [box('a', 250, 250)], begin: drag('eraser') },
]

const EACH = GESTURES.map((gesture) => [gesture.name, gesture] as const)

function begun(gesture: Gesture): Scene & { before: string } {
  const made = scene(gesture.shapes)
  const before = made.json()
  gesture.begin(made)
  if (made.editor.toolState === 'idle') throw new Error(`"${gesture.name}" did not begin`)
  return { ...made, before }
}

/** Let time pass so that the document holds what the screen shows, then move once more. */
function half({ clock, editor, hand }: Scene): void {
  clock.advance(100)
  hand.move(360, 345)
  editor.tick()
}

describe('gestures', () => {
  test.each(EACH)('[G2] %s is one undo step', (_name, gesture) => {
    const made = begun(gesture)
    half(made)
    made.hand.up()
    expect(made.json()).not.toBe(made.before)
    expect(made.editor.toolState).toBe('idle')
    expect([made.editor.run('undo'), made.json()]).toEqual([true, made.before])
    expect(made.board.undo.canUndo).toBe(false)
  })

  test.each(EACH)('[G3] Escape takes %s back exactly', (_name, gesture) => {
    const made = begun(gesture)
    half(made)
    made.hand.key('Escape')
    expect([made.json(), made.editor.toolState]).toEqual([made.before, 'idle'])
    expect([made.editor.overlay.drafts.size, made.editor.overlay.erasing.size]).toEqual([0, 0])
    made.hand.move(500, 500).up()
    made.clock.advance(1000)
    expect(made.json()).toBe(made.before)
    expect(made.board.undo.canRedo).toBe(false)
  })

  test.each(EACH)(
    '[G3] a pointer taken away takes %s back, before and after a commit',
    (_name, gesture) => {
      for (const commits of [false, true]) {
        const made = begun(gesture)
        if (commits) half(made)
        made.editor.pointerCancel()
        made.clock.advance(1000)
        expect([made.json(), made.editor.toolState]).toEqual([made.before, 'idle'])
      }
    },
  )

  test.each(EACH)(
    '[G5] another tool, a blurred window and the end of the editor keep what %s has done',
    (_name, gesture) => {
      const made = begun(gesture)
      half(made)
      made.hand.up()
      const after = made.board.ordered().map(({ at, w, h, angle }) => ({ at, w, h, angle }))
      const exits: ((by: Scene) => void)[] = [
        ({ editor }) => editor.setTool('hand'),
        ({ editor }) => editor.blur(),
        ({ editor }) => editor.dispose(),
      ]
      for (const exit of exits) {
        const other = begun(gesture)
        half(other)
        exit(other)
        other.clock.advance(1000)
        expect(other.board.ordered().map(({ at, w, h, angle }) => ({ at, w, h, angle }))).toEqual(
          after,
        )
        expect([other.editor.toolState, other.clock.pending]).toEqual(['idle', 0])
      }
    },
  )

  test.each(EACH)(
    '[G4] %s writes at most 30 times a second, and once at the end',
    (_name, gesture) => {
      const made = begun(gesture)
      made.clock.advance(1000)
      const before = made.updates()
      for (let frame = 0; frame < 120; frame++) {
        made.clock.advance(1000 / 120)
        made.hand.move(300 + frame, 300 + (frame % 7) * 3)
        made.editor.tick()
      }
      const during = made.updates() - before
      made.hand.up()
      expect(during).toBeLessThanOrEqual(30)
      expect(during).toBeGreaterThan(gesture.name === 'eraser' ? -1 : 20)
      expect(made.updates() - before - during).toBeLessThanOrEqual(1)
    },
  )

  test.each(EACH)(
    '[G4] what waits is written in time though no frame ticks: %s',
    (_name, gesture) => {
      const made = begun(gesture)
      made.clock.advance(40)
      expect(made.clock.pending).toBe(0)
    },
  )

  test.each(EACH)(
    '[G7] %s drops shapes that somebody else deletes, and nothing throws',
    (_name, gesture) => {
      const made = scene(gesture.shapes)
      const other = new Board(new Y.Doc())
      link(made.doc, other.doc)
      gesture.begin(made)
      half(made)
      other.remove([...other.shapes()].map(({ id }) => id))
      const { overlay, selection, toolState } = made.editor
      expect([made.board.size, selection.size, overlay.drafts.size, overlay.erasing.size]).toEqual([
        0, 0, 0, 0,
      ])
      expect(toolState).toBe(gesture.name === 'eraser' ? 'erasing' : 'idle')
      made.hand.move(400, 400)
      made.clock.advance(100)
      made.hand.move(410, 410).up()
      expect([made.board.size, other.size, made.editor.toolState]).toEqual([0, 0, 'idle'])
    },
  )

  test.each(EACH)('[R1] on a board that is only read, %s changes nothing', (_name, gesture) => {
    const made = scene(gesture.shapes)
    made.board.setReadOnly(true)
    const before = made.json()
    gesture.begin(made)
    half(made)
    made.hand.up()
    expect([made.json(), made.updates(), made.editor.tool]).toEqual([before, 0, 'select'])
  })

  test.each(EACH)(
    '[R1] a board that becomes read-only during %s stays as it is then',
    (_name, gesture) => {
      const made = begun(gesture)
      made.board.setReadOnly(true)
      const then = made.json()
      const { overlay, tool, toolState } = made.editor
      expect([tool, toolState, overlay.drafts.size]).toEqual(['select', 'idle', 0])
      half(made)
      made.hand.up()
      expect(made.json()).toBe(then)
    },
  )

  test.each(EACH)('[G6] another pointer during %s is ignored', (_name, gesture) => {
    const alone = begun(gesture)
    half(alone)
    alone.hand.up()
    const made = begun(gesture)
    made.hand
      .down(10, 10, { id: 2, type: 'pen' })
      .move(700, 20, { id: 2, type: 'pen' })
      .up({ id: 2, type: 'pen' })
    half(made)
    made.hand.up()
    expect(made.board.ordered().map(({ at, w, h }) => ({ at, w, h }))).toEqual(
      alone.board.ordered().map(({ at, w, h }) => ({ at, w, h })),
    )
  })
})

describe('undo steps', () => {
  test('[G2] what was done before and after a gesture is no part of its step', () => {
    const { board, get, hand } = scene([box('a', 0, 0)])
    board.update([['a', { stroke: '#ff0000' }]])
    hand.drag([50, 50], [90, 50])
    board.update([['a', { fill: '#ff0000' }]])
    const seen = [0, 1, 2].map(() => {
      board.undo.undo()
      return [get('a').fill, get('a').at[1], get('a').stroke]
    })
    expect(seen).toEqual([
      ['#ffffff', 40, '#ff0000'],
      ['#ffffff', 0, '#ff0000'],
      ['#ffffff', 0, '#1e1e1e'],
    ])
  })

  test('[G3] Escape from a gesture that has changed nothing takes nothing back', () => {
    const { board, editor, get, hand } = scene([box('a', 0, 0)])
    editor.select(['a'])
    hand.key('ArrowRight')
    const rotate = editor.overlay.handles.find(({ name }) => name === 'rotate')?.at ?? {
      x: 0,
      y: 0,
    }
    hand.down(rotate.x, rotate.y).move(rotate.x + 5, rotate.y, { shift: true })
    expect([editor.toolState, get('a').angle]).toEqual(['rotating', 0])
    hand.key('Escape')
    expect([get('a').at[1], board.undo.canUndo]).toEqual([1, true])
  })
})

describe('drafts', () => {
  test('[G4] the screen follows every move, the document within a commit', () => {
    const { clock, editor, get, hand } = scene([box('a', 0, 0)])
    hand.down(50, 50).move(60, 50)
    clock.advance(10)
    expect(editor.overlay.drafts.get('a')?.at[1]).toBe(10)
    hand.move(90, 50)
    expect([editor.overlay.drafts.get('a')?.at[1], get('a').at[1]]).toEqual([40, 10])
    clock.advance(24)
    expect(get('a').at[1]).toBe(40)
  })

  test('[G4] writes that take long come less often', () => {
    const { board, clock, get, hand } = scene([box('a', 0, 0)])
    board.on('change', () => clock.advance(20))
    hand.down(50, 50).move(60, 50)
    clock.advance(40)
    hand.move(90, 50)
    clock.advance(30)
    expect(get('a').at[1]).toBe(10)
    clock.advance(10)
    expect(get('a').at[1]).toBe(40)
  })

  test('[G4] tick() writes when it is time and not before', () => {
    const { clock, editor, get, hand } = scene([box('a', 0, 0)])
    hand.down(50, 50).move(60, 50).move(90, 50)
    clock.advance(20)
    editor.tick()
    expect(get('a').at[1]).toBe(10)
    clock.advance(14)
    editor.tick()
    expect(get('a').at[1]).toBe(40)
  })

  test('[G7] a draft shows what others change meanwhile', () => {
    const made = scene([box('a', 0, 0)])
    const other = new Board(new Y.Doc())
    link(made.doc, other.doc)
    made.hand.down(50, 50).move(60, 50)
    other.update([['a', { stroke: '#ff0000' }]])
    expect(made.editor.overlay.drafts.get('a')?.stroke).toBe('#ff0000')
    made.hand.up()
    expect([made.get('a').stroke, made.get('a').at[1]]).toEqual(['#ff0000', 10])
  })

  test('[G3] Escape keeps what others changed meanwhile', () => {
    const made = scene([box('a', 0, 0)])
    const other = new Board(new Y.Doc())
    link(made.doc, other.doc)
    made.hand.down(50, 50).move(60, 50)
    other.update([['a', { stroke: '#ff0000' }]])
    made.hand.key('Escape')
    expect([made.get('a').stroke, made.get('a').at[1]]).toEqual(['#ff0000', 0])
  })

  test('[G3] Escape before anything was written does not undo the step before', () => {
    const { board, editor, get, hand } = scene([box('a', 0, 0)])
    editor.select(['a'])
    hand.key('ArrowRight').down(300, 300).move(350, 350).key('Escape')
    editor.setTool('eraser')
    hand.down(500, 500).move(510, 510).key('Escape')
    expect([get('a').at[1], board.undo.canUndo]).toEqual([1, true])
  })

  test('[O1] one move is one overlay event, and the overlay is built once', () => {
    const { editor, hand } = scene([box('a', 0, 0)])
    let told = 0
    hand.down(50, 50).move(60, 50)
    editor.on('overlay', () => told++)
    hand.move(90, 50)
    expect(told).toBe(1)
    expect(editor.overlay).toBe(editor.overlay)
    const before = editor.overlay
    hand.move(91, 50)
    expect(editor.overlay).not.toBe(before)
    expect(told).toBe(2)
    hand.up()
    expect(told).toBe(3)
    hand.click(500, 500)
    expect(told).toBe(4)
  })

  test('[O1] the frame follows what others do to the selection and to what is in it', () => {
    const made = scene([box('a', 0, 0), box('b', 200, 0)])
    const group = made.board.group(['a', 'b']) ?? ''
    const other = new Board(new Y.Doc())
    link(made.doc, other.doc)
    made.editor.select([group])
    expect(made.editor.overlay.frame?.box.w).toBe(300)
    let told = 0
    made.editor.on('overlay', () => told++)
    other.update([['b', { w: 200 }]])
    expect([told, made.editor.overlay.frame?.box.w]).toEqual([1, 400])
  })

  test('[O1] a move over nothing changes nothing and tells nobody', () => {
    const { editor, hand } = scene([box('a', 0, 0)])
    let told = 0
    editor.on('overlay', () => told++)
    hand.move(500, 500).move(510, 510)
    expect(told).toBe(0)
    hand.move(50, 50)
    expect([told, editor.overlay.hovered]).toEqual([1, 'a'])
    editor.setTool('rectangle')
    expect(editor.overlay.hovered).toBe(null)
  })
})
