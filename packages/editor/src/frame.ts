/** The box around the selection and the handles on it. Pure: knows no pointer and no document writes. */
import type {
  Board,
  Handle,
  HandleName,
  Shape,
  ShapeId,
  ShapeLookup,
  TurnedBox,
} from '@kolam/board'
import { boxCentre, rotate, type Vec } from '@kolam/geometry'
import { ROTATE_HANDLE_PX, SIDE_HANDLE_MIN_PX } from './limits.ts'
import { boundsOf, isLinear, pageBoxOf, pagePointsOf } from './placing.ts'
import { leavesOf } from './tree.ts'

/** Names of the eight handles that resize. */
export type ResizeHandle = Exclude<HandleName, 'rotate' | `point:${number}`>

const CORNERS: readonly ResizeHandle[] = ['nw', 'ne', 'se', 'sw']

/** The box around what is selected, turned with a shape that is selected alone; null for a line alone. */
export function selectionFrame(
  board: Board,
  lookup: ShapeLookup,
  ids: Iterable<ShapeId>,
): TurnedBox | null {
  const leaves = [...ids]
    .flatMap((id) => leavesOf(board, id))
    .flatMap((s) => lookup.shape(s.id) ?? [])
  const [only] = leaves
  if (!only) return null
  if (leaves.length > 1) return upright(boundsOf(lookup, leaves))
  if (isLinear(only)) return null
  const { centre, w, h, angle } = pageBoxOf(lookup, only)
  return { box: { x: centre.x - w / 2, y: centre.y - h / 2, w, h }, angle }
}

/** The handles of the selection: the points of a line alone, else the frame's. */
export function selectionHandles(
  lookup: ShapeLookup,
  frame: TurnedBox | null,
  { leaves, zoom }: { leaves: readonly Shape[]; zoom: number },
): Handle[] {
  const [only] = leaves
  if (leaves.length === 1 && only && isLinear(only)) return pointHandles(lookup, only)
  if (!frame) return []
  const isText = leaves.length === 1 && only?.kind === 'text'
  const names = shownHandles(frame, zoom).filter(
    (name) => !isText || (name !== 'n' && name !== 's'),
  )
  return names.map((name) => ({ name, at: handleAt(frame, name, zoom) }))
}

/** Where a handle is on the page. */
export function handleAt(frame: TurnedBox, name: ResizeHandle | 'rotate', zoom: number): Vec {
  const { box, angle } = frame
  const centre = boxCentre(box)
  if (name === 'rotate') {
    return rotate({ x: centre.x, y: box.y - ROTATE_HANDLE_PX / zoom }, angle, centre)
  }
  const { x, y } = handleFraction(name)
  return rotate({ x: box.x + box.w * x, y: box.y + box.h * y }, angle, centre)
}

/** Where on its box a handle sits: 0, 0.5 or 1 of width and height. */
export function handleFraction(name: ResizeHandle): Vec {
  const x = name.includes('w') ? 0 : name.includes('e') ? 1 : 0.5
  const y = name.includes('n') ? 0 : name.includes('s') ? 1 : 0.5
  return { x, y }
}

export function isResizeHandle(name: HandleName): name is ResizeHandle {
  return name !== 'rotate' && !name.startsWith('point:')
}

/** Which point of a line a handle moves. */
export function pointIndex(name: HandleName): number {
  return Number(name.slice('point:'.length))
}

function upright(box: TurnedBox['box'] | null): TurnedBox | null {
  return box && { box, angle: 0 }
}

function pointHandles(lookup: ShapeLookup, shape: Shape): Handle[] {
  return pagePointsOf(lookup, shape).map((at, index) => ({ name: `point:${index}`, at }))
}

function shownHandles({ box }: TurnedBox, zoom: number): (ResizeHandle | 'rotate')[] {
  const names: (ResizeHandle | 'rotate')[] = [...CORNERS]
  if (box.w * zoom >= SIDE_HANDLE_MIN_PX) names.push('n', 's')
  if (box.h * zoom >= SIDE_HANDLE_MIN_PX) names.push('e', 'w')
  names.push('rotate')
  return names
}
