/**
 * An earlier state of a board as a new edit: nothing of what came since is lost, and it is undone like
 * any other edit.
 *
 * Works on the entries of the document and not on shapes as shown, so that what this code does not
 * understand comes back as well. What reads the same already is not written.
 */
import * as Y from 'yjs'
import type { Board, BoardParts } from '../board.ts'
import type { BoardWriter } from '../board-writer.ts'
import {
  formatOf,
  INIT,
  LABEL,
  labelOf,
  shapeMapOf,
  shapesOf,
  titleOf,
  type ShapeMap,
} from '../document.ts'
import { BoardError } from '../errors.ts'
import { ensureLabel } from '../label.ts'
import { readShape } from '../shape-codec.ts'
import { FIRST_PAGE, FORMAT, type ShapeId } from '../shape.ts'
import { diffMaps, isInkKey, type MapDiff } from './map-diff.ts'
import { copyRaw, sameRaw } from './raw.ts'
import { readBoard, type Reading } from './reading.ts'
import { labelOps, rewriteLabel } from './rich-text.ts'
import { chosenScope, wholeScope, type Scope } from './scope.ts'

/**
 * Makes the board read as `from`, an earlier state of it, reads; or only the shapes `ids` with what was
 * in them then, and not the title. One change; mark() before it makes it a step. Gives the shapes that
 * changed; none when the board is read-only. Throws BoardError `format` before anything is written when
 * `from` is of a newer format.
 */
export function restoreBoard(
  board: Board,
  from: Y.Doc,
  ids?: Iterable<ShapeId>,
): readonly ShapeId[] {
  return board.rewrite((parts) => restoreShapes(parts, from, ids)) ?? []
}

function restoreShapes(
  target: BoardParts,
  from: Y.Doc,
  ids: Iterable<ShapeId> | undefined,
): ShapeId[] {
  const format = formatOf(from) ?? FORMAT
  if (format > FORMAT) {
    throw new BoardError('format', `Cannot restore from a document of format ${format}`)
  }
  const scope = ids === undefined ? everything(target.doc, from) : chosen(target, from, ids)
  const plan = planWrites(scope, target.doc, from)
  // Before the transaction: making a label is nobody's edit, and undo must not take it back.
  for (const { map, past, diff } of plan.changed) {
    if (diff.label && labelOf(past)) ensureLabel(map)
  }
  return target.writer.transact(() => {
    const removed = carryOut(target, plan, ids === undefined ? null : scope)
    if (ids === undefined) target.writer.setTitle(titleOf(from))
    return [...new Set([...idsIn(plan), ...removed])]
  })
}

interface Remade {
  readonly id: ShapeId
  readonly past: ShapeMap
}

interface Changed extends Remade {
  readonly map: ShapeMap
  readonly diff: MapDiff
}

interface Plan {
  readonly remade: readonly Remade[]
  readonly changed: readonly Changed[]
  readonly gone: ReadonlySet<ShapeId>
}

function idsIn({ remade, changed }: Plan): Set<ShapeId> {
  return new Set([...remade, ...changed].map(({ id }) => id))
}

function everything(doc: Y.Doc, from: Y.Doc): Scope {
  return wholeScope(idsOf(from), idsOf(doc))
}

function idsOf(doc: Y.Doc): ShapeId[] {
  return [...shapesOf(doc).keys()].filter((id) => shapeMapOf(doc, id) !== undefined)
}

function chosen({ writer }: BoardParts, from: Y.Doc, ids: Iterable<ShapeId>): Scope {
  return chosenScope(ids, readBoard(from), readingOf(writer))
}

function readingOf({ view: { store, scene } }: BoardWriter): Reading {
  return { store, tree: scene.tree }
}

/** Compares everything before anything is written. */
function planWrites({ kept, gone }: Scope, doc: Y.Doc, from: Y.Doc): Plan {
  const remade: Remade[] = []
  const changed: Changed[] = []
  for (const id of kept) {
    const [map, past] = [shapeMapOf(doc, id), shapeMapOf(from, id)]
    if (!past) continue
    if (!map || !sameRaw(map.get(INIT), past.get(INIT))) {
      remade.push({ id, past })
      continue
    }
    const diff = diffMaps(map, past)
    if (diff) changed.push({ id, past, map, diff })
  }
  return { remade, changed, gone }
}

/** Writes the plan; gives what was removed for it. A scope means that others are to stay as they are. */
function carryOut({ writer, undo }: BoardParts, plan: Plan, scope: Scope | null): Set<ShapeId> {
  const { remade, changed, gone } = plan
  const left = scope ? groupsAround(writer, idsIn(plan)) : new Set<ShapeId>()
  undo.noteRemade(remade.map(({ id }) => id))
  writer.writeAll(idsIn(plan), (shapes) => {
    // First what holds others: undo works backwards, and a group goes when nothing is in it any more.
    for (const { id, past } of remade) remake(shapes, id, past)
    for (const change of changed) rewrite(change)
  })
  if (!scope) {
    writer.erase(gone)
    return new Set(gone)
  }
  const { tree } = writer.view.scene
  const emptied = [...left].filter((id) => !scope.kept.has(id) && tree.children(id).length === 0)
  return writer.removeOnly(new Set([...gone, ...emptied]), scope.kept)
}

/** The groups these are in now; they may be left with nothing. */
function groupsAround({ view: { store, scene } }: BoardWriter, ids: ReadonlySet<ShapeId>) {
  const parents = Array.from(ids, (id) => scene.tree.parentOf(id) ?? FIRST_PAGE)
  return new Set(parents.filter((id) => store.get(id)?.kind === 'group'))
}

/** Put a copy of the map under the id. */
function remake(shapes: Y.Map<unknown>, id: ShapeId, past: ShapeMap): void {
  const isLabel = (key: string): boolean => key === LABEL && labelOf(past) !== undefined
  const entries = Array.from(past.entries()).filter(([key]) => !isLabel(key))
  const map = new Y.Map(entries.map(([key, value]) => [key, copyRaw(value)]))
  shapes.set(id, map)
  if (labelOf(past)) rewriteLabel(ensureLabel(map), labelOps(past))
}

/** Write only what differs. */
function rewrite({ map, past, diff }: Changed): void {
  for (const key of diff.keys) rewriteEntry(map, past, key)
  if (diff.ink) rewriteInk(map, past)
  if (diff.label) rewriteLabel(ensureLabel(map), labelOps(past))
}

function rewriteEntry(map: ShapeMap, past: ShapeMap, key: string): void {
  if (past.has(key)) map.set(key, copyRaw(past.get(key)))
  // A place is never left out, though the shape may have been born there: redo writes first and deletes
  // after, and only what is written by then tells it that a group is empty.
  else if (key === 'at') map.set(key, copyRaw(readShape('', past).at))
  else map.delete(key)
}

/** The stroke as it was: one value, or pieces if it was being drawn. */
function rewriteInk(map: ShapeMap, past: ShapeMap): void {
  const keys = [...map.keys(), ...past.keys()].filter(isInkKey)
  for (const key of new Set(keys)) {
    if (!sameRaw(map.get(key), past.get(key))) rewriteEntry(map, past, key)
  }
}
