/** Boards that are loaded bit by bit in tests, one slice at each `step`. */
import { seededRandom } from '@kolam/base'
import type { Box } from '@kolam/geometry'
import * as Y from 'yjs'
import { Board, type BoardChange, type Shape, type ShapeId } from '../index.ts'

/** What a sliced board is to be like. */
export interface SlicedOptions {
  readonly near?: Box | null
  readonly doc?: Y.Doc
  /** So many shapes at once are still taken in at once. */
  readonly min?: number
}

/** A board whose slices hold three shapes and what these need. */
export function slicedBoard({ near = null, doc = new Y.Doc(), min = 4 }: SlicedOptions = {}) {
  let wanted: (() => void) | null = null
  let nowMs = 0
  const board = new Board(doc, {
    random: seededRandom(3),
    slices: {
      // Every look at it is a whole slice later.
      clock: { now: () => (nowMs += 1_000) },
      schedule: (run) => {
        if (wanted) throw new Error('Cannot ask for a slice twice')
        wanted = run
        return () => (wanted = null)
      },
      near: () => near,
      min,
      step: 3,
    },
  })
  /** Run the next slice; false when none is wanted. */
  const step = (): boolean => {
    const run = wanted
    wanted = null
    run?.()
    return run !== null
  }
  const changes: BoardChange[] = []
  board.on('change', (change) => changes.push(change))
  return { board, step, changes, mirror: mirrorOf(board) }
}

/** The shapes as somebody knows them who only listens. */
function mirrorOf(board: Board): ReadonlyMap<ShapeId, Shape> {
  const known = new Map<ShapeId, Shape>()
  const learn = (id: ShapeId): void => {
    const shape = board.shape(id)
    if (shape) known.set(id, shape)
  }
  for (const { id } of board.shapes()) learn(id)
  board.on('change', ({ added, changed, removed }) => {
    for (const id of added) {
      if (known.has(id)) throw new Error(`Told twice of "${id}"`)
      learn(id)
    }
    for (const id of changed) {
      if (!known.has(id)) throw new Error(`Told of a change to "${id}", which nobody was told of`)
      learn(id)
    }
    for (const id of removed) known.delete(id)
  })
  return known
}
