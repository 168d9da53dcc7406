/** Random editing for tests: one edit at a time, everything a person can do, from a seed. */
import type { Random } from '@kolam/base'
import type { Board, NewShape, ParentId, ShapeId } from '../index.ts'
import { FIRST_PAGE, SHAPE_KINDS } from '../index.ts'

const KINDS = SHAPE_KINDS.filter((kind) => kind !== 'foreign')

/** Do something to the board; says what, so that a failing seed can be read. */
export function randomEdit(board: Board, random: Random): string {
  const edits = Object.entries(EDITS)
  const [name, edit] = edits[Math.floor(random() * edits.length)]!
  edit(board, random)
  return name
}

type Edit = (board: Board, random: Random) => void

const EDITS: Readonly<Record<string, Edit>> = {
  insert: (board, random) => void board.insert([randomShape(board, random)]),
  insertMany: (board, random) =>
    void board.insert(Array.from({ length: 3 }, () => randomShape(board, random))),
  move: (board, random) =>
    board.update(
      some(board, random).map((id) => {
        const [parent] = board.shape(id)!.at
        return [id, { at: [parent, coordinate(random), coordinate(random)] }] as const
      }),
    ),
  turn: (board, random) => board.update(some(board, random).map((id) => [id, { angle: random() }])),
  resize: (board, random) =>
    board.update(some(board, random).map((id) => [id, { w: 100 * random(), h: 50 }])),
  style: (board, random) =>
    board.update(some(board, random).map((id) => [id, { fill: random() < 0.5 ? 'none' : '#abc' }])),
  bind: (board, random) => {
    const [target = 'nobody'] = some(board, random)
    const start = { id: target, anchor: [random(), 0.5] as const, mode: 'edge' as const }
    board.update(some(board, random).map((id) => [id, { start }]))
  },
  remove: (board, random) => board.remove(some(board, random).slice(0, 2)),
  text: (board, random) => {
    for (const id of some(board, random)) board.setText(id, `word ${Math.floor(random() * 9)}`)
  },
  type: (board, random) => {
    for (const id of some(board, random)) board.label(id)?.insert(0, 'x')
  },
  reorder: (board, random) =>
    board.reorder(some(board, random), pick(['front', 'back', 'forward', 'backward'], random)),
  reparent: (board, random) => board.reparent(some(board, random), randomParent(board, random)),
  group: (board, random) => void board.group(some(board, random)),
  ungroup: (board, random) => void board.ungroup(some(board, random)),
  stroke: (board, random) => {
    const stroke = board.beginStroke({ kind: 'draw' })
    stroke.append([[random() * 10, 0, 0.5]])
    stroke.append([[random() * 10, 20, 0.7]])
    if (random() < 0.7) stroke.finish()
    else if (random() < 0.5) stroke.cancel()
  },
  mark: (board) => board.undo.mark(),
  undo: (board) => void board.undo.undo(),
  redo: (board) => void board.undo.redo(),
}

function randomShape(board: Board, random: Random): NewShape {
  const kind = pick(KINDS, random)
  const at = [randomParent(board, random), coordinate(random), coordinate(random)] as const
  const [target] = some(board, random)
  const end =
    target === undefined ? null : ({ id: target, anchor: [0.5, random()], mode: 'edge' } as const)
  const points = [
    [0, 0],
    [30 * random(), 10],
    [50, 60 * random()],
  ] as const
  if (kind === 'arrow') return { kind, at, points, end, curve: pick(['sharp', 'elbow'], random) }
  if (kind === 'line') return { kind, at, points, curve: 'round' }
  if (kind === 'draw') return { kind, at, ink: points.map(([x, y]) => [x, y, 0.5] as const) }
  return { kind, at, w: 10 + 90 * random(), h: 10 + 90 * random(), angle: random() < 0.3 ? 1 : 0 }
}

/** Mostly the page; now and then any shape at all, so that circles and gaps come about. */
function randomParent(board: Board, random: Random): ParentId {
  const [id = FIRST_PAGE] = some(board, random)
  return random() < 0.5 ? FIRST_PAGE : id
}

/** None to four of the shapes there are. */
function some(board: Board, random: Random): ShapeId[] {
  const all = Array.from(board.shapes(), ({ id }) => id)
  if (all.length === 0) return []
  const count = Math.floor(random() * 5)
  return Array.from({ length: count }, () => pick(all, random))
}

function pick<T>(values: readonly T[], random: Random): T {
  return values[Math.floor(random() * values.length)]!
}

function coordinate(random: Random): number {
  return Math.round((random() - 0.5) * 1000)
}
