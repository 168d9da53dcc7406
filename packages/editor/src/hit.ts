/** What is under a point of the page: handles, shapes to select, shapes to bind to. Pure reads. */
import type { Binding, Board, HandleName, Overlay, Shape, ShapeId } from '@kolam/board'
import {
  applyMatrix,
  boxContainsPoint,
  boxCentre,
  distance,
  invert,
  rotate,
  type Vec,
} from '@kolam/geometry'
import type { Desk } from './desk.ts'
import { BIND_CENTRE_PX, BIND_MARGIN_PX } from './limits.ts'
import { handleRadius, hitMargin } from './tools/slop.ts'
import type { PointerType } from './types.ts'
import { clickTarget, isLocked } from './tree.ts'

/** The handle under the pointer; the nearest if several are. */
export function handleUnder(desk: Desk, page: Vec, type: PointerType): HandleName | null {
  let nearest: HandleName | null = null
  let reach = handleRadius(type, desk.camera.zoom)
  for (const { name, at } of desk.overlay.handles) {
    const far = distance(at, page)
    if (far <= reach) {
      reach = far
      nearest = name
    }
  }
  return nearest
}

/** The topmost shape under the pointer that a click may select. */
export function shapeUnder(desk: Desk, page: Vec, type: PointerType): Shape | undefined {
  const { board } = desk
  return board.shapeAt(page, {
    margin: hitMargin(type, desk.camera.zoom),
    filter: (shape) => shape.kind !== 'group' && !isLocked(board, shape.id),
  })
}

/** What a click on `leaf` selects: its group, or itself when that group is entered or `deep` is asked for. */
export function targetOf(desk: Desk, leaf: ShapeId, deep: boolean): ShapeId {
  return deep ? leaf : clickTarget(desk.board, leaf, desk.selection.focus)
}

/** Whether the point is in the box around the selection. */
export function inFrame({ frame }: Overlay, page: Vec): boolean {
  if (!frame) return false
  const { box, angle } = frame
  return boxContainsPoint(box, rotate(page, -angle, boxCentre(box)))
}

/** The smallest shape with an inside that holds the point, hollow or not: what a double click writes in. */
export function boxAround({ board }: Desk, page: Vec): Shape | undefined {
  return board.shapeAt(page, {
    margin: 0,
    inside: true,
    filter: ({ id, kind }) => LABELLED.has(kind) && !isLocked(board, id),
  })
}

/** What an end of an arrow let go at `page` is held by. */
export function bindingAt(desk: Desk, page: Vec, except: ReadonlySet<ShapeId>): Binding | null {
  const { board, camera } = desk
  const shape = board.shapeAt(page, {
    margin: BIND_MARGIN_PX / camera.zoom,
    inside: true,
    filter: ({ id, kind }) => BINDABLE.has(kind) && !except.has(id),
  })
  if (!shape) return null
  const local = toLocal(board, shape, page)
  const centre = { x: shape.w / 2, y: shape.h / 2 }
  const snaps = distance(local, centre) <= BIND_CENTRE_PX / camera.zoom
  const anchor = snaps ? centre : local
  return {
    id: shape.id,
    anchor: [share(anchor.x, shape.w), share(anchor.y, shape.h)],
    mode: 'edge',
  }
}

const LABELLED: ReadonlySet<Shape['kind']> = new Set(['rectangle', 'ellipse', 'diamond', 'text'])
const BINDABLE: ReadonlySet<Shape['kind']> = new Set([...LABELLED, 'image', 'frame'])

function toLocal(board: Board, shape: Shape, page: Vec): Vec {
  return applyMatrix(invert(board.pageTransform(shape.id)), page)
}

function share(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0.5
}
