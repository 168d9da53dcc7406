/** Moves the selection about: nudge, align, distribute, turn, flip. One undo step each. */
import { exhaustive } from '@kolam/base'
import type { Board, ShapeId, ShapePatch } from '@kolam/board'
import {
  boxCentre,
  boxFromPoints,
  boxCorners,
  unionBoxes,
  type Box,
  type Vec,
} from '@kolam/geometry'
import type { Desk } from '../desk.ts'
import { selectionFrame } from '../frame.ts'
import { NUDGE_MERGE_MS } from '../limits.ts'
import { stretched } from '../resize.ts'
import { turnedPatches } from '../rotate.ts'
import { MoveStart } from '../tools/select/move-start.ts'
import { StartLookup } from '../tools/select/start-lookup.ts'
import { leavesOf } from '../tree.ts'
import { writeAll } from '../write-patches.ts'

export type Edge = 'left' | 'right' | 'top' | 'bottom' | 'centre-x' | 'centre-y'
export type Axis = 'x' | 'y'

/** Move the selection; presses in quick succession are one undo step. */
export function nudge({ board, selection, steps }: Desk, by: Vec): void {
  const ids = selection.unlocked
  if (ids.length === 0) return
  const patches = new MoveStart(board, ids).movedBy(by)
  const name = `nudge ${ids.join(' ')}`
  steps.runMerged(name, NUDGE_MERGE_MS, () => board.update(patches))
}

/** Put every selected shape at one edge of the box around all of them. */
export function align(desk: Desk, edge: Edge): void {
  const { board, selection } = desk
  const boxes = boxesOf(board, selection.unlocked)
  const around = unionBoxes(boxes.values())
  if (around) moveEach(desk, boxes, (box) => toEdge(box, around, edge))
}

/** Make the gaps between the selected shapes equal; the outermost two stay. */
export function distribute(desk: Desk, axis: Axis): void {
  const { board, selection } = desk
  const size = axis === 'x' ? 'w' : 'h'
  const boxes = boxesOf(board, selection.unlocked)
  const sorted = [...boxes].toSorted(([, a], [, b]) => a[axis] - b[axis])
  const around = unionBoxes(boxes.values())
  if (!around || sorted.length < 3) return
  const filled = sorted.reduce((sum, [, box]) => sum + box[size], 0)
  const gap = (around[size] - filled) / (sorted.length - 1)
  const targets = new Map<Box, number>()
  let at = around[axis]
  for (const [, box] of sorted) {
    targets.set(box, at)
    at += box[size] + gap
  }
  moveEach(desk, boxes, (box) => ({ x: 0, y: 0, [axis]: (targets.get(box) ?? 0) - box[axis] }))
}

/** Turn the selection about its middle. */
export function turn({ board, selection, steps }: Desk, angle: number): void {
  const leaves = selection.unlocked.flatMap((id) => leavesOf(board, id))
  const around = unionBoxes(leaves.map(({ id }) => board.pageBounds(id)))
  if (!around) return
  const frame = selectionFrame(board, board, selection.unlocked)
  const centre = boxCentre(frame?.box ?? around)
  const patches = turnedPatches(new StartLookup(board, leaves), leaves, { angle, centre })
  steps.run(() => board.update(patches))
}

/** Mirror the selection along one axis of the page. */
export function flip(desk: Desk, axis: Axis): void {
  const { board, measurer, selection, steps } = desk
  const leaves = selection.unlocked.flatMap((id) => leavesOf(board, id))
  const box = unionBoxes(leaves.map(({ id }) => board.pageBounds(id)))
  if (!box) return
  const [sx, sy] = axis === 'x' ? [-1, 1] : [1, -1]
  const stretch = { frame: { box, angle: 0 }, anchor: boxCentre(box), sx, sy }
  const start = new StartLookup(board, leaves)
  const patches = new Map(
    leaves.map((leaf) => [leaf.id, stretched(start, leaf, { stretch, measurer })]),
  )
  steps.begin()
  writeAll(board, patches)
  steps.end()
}

function boxesOf(board: Board, ids: readonly ShapeId[]): Map<ShapeId, Box> {
  return new Map(ids.map((id) => [id, boxFromPoints(boxCorners(board.pageBounds(id)))]))
}

function moveEach(
  { board, steps }: Desk,
  boxes: ReadonlyMap<ShapeId, Box>,
  way: (box: Box) => Vec,
): void {
  const patches = new Map<ShapeId, ShapePatch>()
  for (const [id, box] of boxes) {
    for (const [moved, patch] of new MoveStart(board, [id]).movedBy(way(box)))
      patches.set(moved, patch)
  }
  steps.run(() => board.update(patches))
}

function toEdge(box: Box, around: Box, edge: Edge): Vec {
  switch (edge) {
    case 'left':
      return { x: around.x - box.x, y: 0 }
    case 'right':
      return { x: around.x + around.w - box.x - box.w, y: 0 }
    case 'top':
      return { x: 0, y: around.y - box.y }
    case 'bottom':
      return { x: 0, y: around.y + around.h - box.y - box.h }
    case 'centre-x':
      return { x: boxCentre(around).x - boxCentre(box).x, y: 0 }
    case 'centre-y':
      return { x: 0, y: boxCentre(around).y - boxCentre(box).y }
    default:
      return exhaustive(edge)
  }
}
