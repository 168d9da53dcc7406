/**
 * What a person would say happened between two states of one board.
 *
 * Compares what the document says, not how it came to say it: a shape that was removed and brought back
 * as it was is no change. Never writes to either document.
 */
import type * as Y from 'yjs'
import { shapeMapOf, shapesOf, titleOf, type ShapeMap } from '../document.ts'
import { DIFF_ITEMS_MAX, DIFF_TEXT_MAX } from '../limits.ts'
import { readShape } from '../shape-codec.ts'
import type { Shape, ShapeId, ShapeKind } from '../shape.ts'
import {
  entryItem,
  livingItem,
  removedFromLabel,
  writtenInLabel,
  type ItemId,
  type ItemRange,
} from './items.ts'
import { diffMaps, isInkKey, type MapDiff } from './map-diff.ts'
import { readBoard } from './reading.ts'
import { shownProps, type ShownProp } from './shown-props.ts'

/** A shape in a list of what happened. */
interface Listed {
  readonly id: ShapeId
  readonly kind: ShapeKind
  /** Its label, cut to 80 characters. */
  readonly text: string
}

/** A shape that was not there; `items` holds the operation that put it there. */
export interface AddedShape extends Listed {
  readonly items: readonly ItemId[]
}

/** A shape that is gone, as it was; `items` holds the operation whose removal removed it. */
export interface RemovedShape extends Listed {
  readonly items: readonly ItemId[]
}

/** A shape that says something else, as it is now. */
export interface ChangedShape extends Listed {
  /** What differs as shown, sorted. */
  readonly props: readonly ShownProp[]
  /** Operations that wrote what differs; at most 1,000. */
  readonly items: readonly ItemId[]
  /** Operations of before whose removal made it differ; at most 1,000. */
  readonly removedItems: readonly ItemRange[]
}

/** What happened; the shapes in paint order, those removed in that of before. */
export interface BoardDiff {
  readonly added: readonly AddedShape[]
  readonly removed: readonly RemovedShape[]
  readonly changed: readonly ChangedShape[]
  /** Null when it is the same. */
  readonly title: { readonly before: string; readonly after: string } | null
}

/**
 * Compare two states of one board: `after` must be a later state of the document `before` is. What is
 * still the very same operation is not looked into, so two documents that only share numbers must not
 * be compared.
 */
export function compareBoards(before: Y.Doc, after: Y.Doc): BoardDiff {
  const added: AddedShape[] = []
  const changed: ChangedShape[] = []
  for (const [id, map] of mapsOf(after)) {
    const old = shapeMapOf(before, id)
    const diff = old ? diffMaps(old, map) : null
    if (!old) added.push({ ...listed(id, map), items: entryItem(shapesOf(after), id) })
    else if (diff) changed.push(changeOf(id, diff, { before, after, old, map }))
  }
  const removed: RemovedShape[] = []
  for (const [id, map] of mapsOf(before)) {
    if (!shapeMapOf(after, id))
      removed.push({ ...listed(id, map), items: lastItem(id, before, after) })
  }
  return {
    added: inPaintOrder(added, after),
    removed: inPaintOrder(removed, before),
    changed: inPaintOrder(changed, after),
    title: titleChange(titleOf(before), titleOf(after)),
  }
}

interface Pair {
  readonly before: Y.Doc
  readonly after: Y.Doc
  readonly old: ShapeMap
  readonly map: ShapeMap
}

function* mapsOf(doc: Y.Doc): Iterable<[ShapeId, ShapeMap]> {
  for (const id of shapesOf(doc).keys()) {
    const map = shapeMapOf(doc, id)
    if (map) yield [id, map]
  }
}

function listed(id: ShapeId, map: ShapeMap): Listed {
  return listedShape(readShape(id, map))
}

function listedShape({ id, kind, text }: Shape): Listed {
  const start = Array.from(text.slice(0, 2 * DIFF_TEXT_MAX))
  return { id, kind, text: start.slice(0, DIFF_TEXT_MAX).join('') }
}

function changeOf(id: ShapeId, diff: MapDiff, pair: Pair): ChangedShape {
  const { old, map } = pair
  const [was, is] = [readShape(id, old), readShape(id, map)]
  return {
    ...listedShape(is),
    props: shownProps(was, is, diff),
    items: writtenItems(id, diff, pair).slice(0, DIFF_ITEMS_MAX),
    removedItems: removedItems(id, diff, pair).slice(0, DIFF_ITEMS_MAX),
  }
}

function writtenItems(id: ShapeId, diff: MapDiff, { before, after, old, map }: Pair): ItemId[] {
  const own = isSameMap(old, map) ? [] : entryItem(shapesOf(after), id)
  const entries = keysOf(diff, map).flatMap((key) => livingItem(map, key))
  return [...own, ...entries, ...(diff.label ? writtenInLabel(map, before) : [])]
}

/** Entries that are gone, and what is gone of the label; in another map all would be, and says nothing. */
function removedItems(id: ShapeId, diff: MapDiff, { before, after, old, map }: Pair): ItemRange[] {
  if (!isSameMap(old, map)) return entryItem(shapesOf(before), id).map(asRange)
  const gone = keysOf(diff, old).filter((key) => !map.has(key))
  const entries = gone.flatMap((key) => livingItem(old, key)).map(asRange)
  return [...entries, ...(diff.label ? removedFromLabel(old, after) : [])]
}

function asRange({ client, clock }: ItemId): ItemRange {
  return { client, clock, len: 1 }
}

/** The keys that differ, with those of the stroke if it does. */
function keysOf({ keys, ink }: MapDiff, map: ShapeMap): string[] {
  return ink ? [...keys, ...Array.from(map.keys()).filter(isInkKey)] : [...keys]
}

function isSameMap(old: ShapeMap, map: ShapeMap): boolean {
  const [a, b] = [old._item?.id, map._item?.id]
  return a?.client === b?.client && a?.clock === b?.clock
}

/** It may have been removed and brought back before it was removed for good: the last one counts. */
function lastItem(id: ShapeId, before: Y.Doc, after: Y.Doc): ItemId[] {
  const last = entryItem(shapesOf(after), id)
  return last.length > 0 ? last : entryItem(shapesOf(before), id)
}

/** Reads the whole board for its order, so only when there is something to order. */
function inPaintOrder<T extends Listed>(shapes: readonly T[], doc: Y.Doc): readonly T[] {
  if (shapes.length < 2) return shapes
  const { store, tree } = readBoard(doc)
  return shapes.toSorted((a, b) => tree.comparePaint(a.id, b.id, (id) => store.get(id)))
}

function titleChange(before: string, after: string): BoardDiff['title'] {
  return before === after ? null : { before, after }
}
