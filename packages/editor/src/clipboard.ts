/** Shapes as text and back: copy, paste, duplicate. Knows no system clipboard; the view carries the text. */
import { randomId } from '@kolam/base'
import { FIRST_PAGE, type Binding, type NewShape, type Shape, type ShapeId } from '@kolam/board'
import {
  IDENTITY,
  add,
  boxCentre,
  moveBox,
  sub,
  turnedBounds,
  unionBoxes,
  type Vec,
} from '@kolam/geometry'
import { cloneShapes } from './clone.ts'
import type { Desk } from './desk.ts'
import { DUPLICATE_OFFSET } from './limits.ts'
import { CLIPBOARD_TYPE, CLIPBOARD_VERSION, readPaste, type PastedShape } from './paste-check.ts'
import { isLinear, pageBoxOf, pagePointsOf, placePoints, placeTurned, toVec } from './placing.ts'
import { MoveStart } from './tools/select/move-start.ts'
import { withDescendants } from './tree.ts'

/** Where the last duplicates came from, so that the next ones go on in the same direction. */
interface LastDuplicate {
  readonly from: ShapeId
  readonly to: ShapeId
  readonly copies: readonly ShapeId[]
}

/** Copies and pastes. */
export class Clipboard {
  readonly #desk: Pick<Desk, 'board' | 'selection' | 'steps' | 'camera'>
  #last: LastDuplicate | null = null

  constructor(desk: Pick<Desk, 'board' | 'selection' | 'steps' | 'camera'>) {
    this.#desk = desk
  }

  /** The selection as JSON; empty when nothing is selected. */
  copy(): string {
    const { board, selection } = this.#desk
    const wanted = withDescendants(board, selection.ids)
    const shapes = board
      .ordered()
      .filter(({ id }) => wanted.has(id))
      .map((shape) => (selection.has(shape.id) ? this.#onPage(shape) : plain(shape)))
    if (shapes.length === 0) return ''
    return JSON.stringify({ type: CLIPBOARD_TYPE, version: CLIPBOARD_VERSION, shapes })
  }

  /** Put the shapes of `json` with their middle at `at` (default: of the view) and select them. */
  paste(json: string, at: Vec | null): ShapeId[] {
    const { board, camera, selection, steps } = this.#desk
    if (board.readOnly) return []
    const pasted = renamedPaste(readPaste(json))
    const bounds = unionBoxes(pasted.filter(isRoot).map(boundsOfPasted))
    if (!bounds) return []
    const by = sub(at ?? camera.toPage(camera.middle), boxCentre(bounds))
    const shapes = pasted.map((shape) => (isRoot(shape) ? movedRoot(shape, by) : shape))
    const ids = steps.run(() => board.insert(shapes))
    const roots = new Set(pasted.filter(isRoot).map(({ id }) => id))
    const made = ids.filter((id) => roots.has(id))
    selection.set(made)
    return made
  }

  /** Copies of the selection a little aside, or as far from it as the copies before were moved. */
  duplicate(): ShapeId[] {
    const { board, selection, steps } = this.#desk
    const originals = selection.unlocked
    if (originals.length === 0 || board.readOnly) return []
    const by = this.#nextOffset(originals)
    const { shapes, roots } = cloneShapes(board, originals)
    steps.run(() => {
      board.insert(shapes)
      board.update(new MoveStart(board, roots).movedBy(by))
    })
    selection.set(roots)
    const [from, to] = [originals[0], roots[0]]
    this.#last = from !== undefined && to !== undefined ? { from, to, copies: roots } : null
    return roots
  }

  #nextOffset(originals: readonly ShapeId[]): Vec {
    const { board } = this.#desk
    const usual = { x: DUPLICATE_OFFSET, y: DUPLICATE_OFFSET }
    const last = this.#last
    if (!last || !board.shape(last.from) || !board.shape(last.to)) return usual
    const same =
      last.copies.length === originals.length && last.copies.every((id) => originals.includes(id))
    if (!same) return usual
    return sub(boxCentre(board.pageBounds(last.to)), boxCentre(board.pageBounds(last.from)))
  }

  /** As a child of the page, where it is now. */
  #onPage(shape: Shape): NewShape {
    const { board } = this.#desk
    if (shape.at[0] === FIRST_PAGE) return plain(shape)
    if (isLinear(shape)) {
      return { ...plain(shape), ...placePoints(FIRST_PAGE, IDENTITY, pagePointsOf(board, shape)) }
    }
    const { at, angle } = placeTurned(shape, IDENTITY, pageBoxOf(board, shape))
    return { ...plain(shape), at: [FIRST_PAGE, at[1], at[2]], angle }
  }
}

function plain({ index: _index, ...shape }: Shape): NewShape {
  return shape
}

function isRoot({ at: [parent] }: { readonly at: PastedShape['at'] }): boolean {
  return parent === FIRST_PAGE
}

/** Fresh ids throughout; parents and bindings that are not part of the paste are let go. */
function renamedPaste(shapes: readonly PastedShape[]): PastedShape[] {
  const fresh = new Map(shapes.map(({ id }) => [id, randomId()]))
  return shapes.map((shape) => ({
    ...shape,
    id: fresh.get(shape.id) ?? randomId(),
    at: [fresh.get(shape.at[0]) ?? FIRST_PAGE, shape.at[1], shape.at[2]],
    start: renamedBinding(shape.start, fresh),
    end: renamedBinding(shape.end, fresh),
  }))
}

function renamedBinding(
  binding: Binding | null | undefined,
  fresh: ReadonlyMap<ShapeId, ShapeId>,
): Binding | null {
  const id = binding && fresh.get(binding.id)
  return binding && id ? { ...binding, id } : null
}

function movedRoot(shape: PastedShape, { x, y }: Vec): PastedShape {
  return { ...shape, at: [shape.at[0], shape.at[1] + x, shape.at[2] + y] }
}

function boundsOfPasted({ at, w = 100, h = 100, angle = 0, points = [] }: PastedShape) {
  const corner = { x: at[1], y: at[2] }
  const reach = points.length > 0 ? points.map((p) => add(toVec(p), corner)) : []
  const box = turnedBounds(moveBox({ x: 0, y: 0, w, h }, corner), angle)
  return unionBoxes([box, ...reach.map((p) => ({ ...p, w: 0, h: 0 }))]) ?? box
}
