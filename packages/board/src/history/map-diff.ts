/**
 * What differs between two maps of one shape, by what they say and not by how it came about.
 *
 * A prop this code understands is compared as it is shown, so a default that was written down is no
 * difference; everything else is compared as it stands in the document. Never writes.
 */
import type * as Y from 'yjs'
import { inkOf, INK, LABEL, labelOf, type ShapeMap } from '../document.ts'
import { isUnderstood, readShape } from '../shape-codec.ts'
import type { Shape } from '../shape.ts'
import { sameValue } from '../values.ts'
import { sameRaw } from './raw.ts'
import { labelOps, sameOps } from './rich-text.ts'

/** What differs. */
export interface MapDiff {
  /** Keys of the maps, without those of label and stroke. */
  readonly keys: readonly string[]
  readonly label: boolean
  readonly ink: boolean
}

/** What differs between the two; null when they say the same. */
export function diffMaps(a: ShapeMap, b: ShapeMap): MapDiff | null {
  const suspects = differingEntries(a, b)
  if (suspects.length === 0 && !labelOf(a)) return null
  const keys = differingKeys(
    a,
    b,
    suspects.filter((key) => !isOther(key, [a, b])),
  )
  const label = !sameOps(labelOps(a), labelOps(b))
  const ink = suspects.some(isInkKey) && !sameRaw(inkOf(a), inkOf(b))
  return keys.length > 0 || label || ink ? { keys, label, ink } : null
}

/** Whether this is a key of a stroke, finished or not. */
export function isInkKey(key: string): boolean {
  return key === INK || key.startsWith(`${INK}:`)
}

/**
 * Keys whose entries are not the very same operation. Both documents tell of one board, so an operation
 * of the same number has the same content; this is what makes comparing equal shapes cheap.
 */
function differingEntries(a: ShapeMap, b: ShapeMap): string[] {
  const keys: string[] = []
  for (const [key, item] of a._map) if (!isSameItem(item, b._map.get(key))) keys.push(key)
  for (const [key, item] of b._map) if (!a._map.has(key) && !item.deleted) keys.push(key)
  return keys
}

/** Whether both are there and the same, or neither is. */
function isSameItem(a: Y.Item, b: Y.Item | undefined): boolean {
  if (a.deleted || !b || b.deleted) return a.deleted && (!b || b.deleted)
  return a.id.client === b.id.client && a.id.clock === b.id.clock
}

/** Label and stroke are compared as a whole. */
function isOther(key: string, maps: readonly ShapeMap[]): boolean {
  return isInkKey(key) || (key === LABEL && maps.some((map) => labelOf(map) !== undefined))
}

function differingKeys(a: ShapeMap, b: ShapeMap, suspects: readonly string[]): string[] {
  const raw = suspects.filter((key) => !sameRaw(a.get(key), b.get(key)))
  if (raw.length === 0) return raw
  const [one, two] = [readShape('', a), readShape('', b)]
  return raw.filter((key) => {
    const shown = [a, b].every((map) => isShown(map, key))
    return !shown || !sameValue(one[key as keyof Shape], two[key as keyof Shape])
  })
}

/** Whether what the shape shows says all there is under this key. */
function isShown(map: ShapeMap, key: string): boolean {
  return !map.has(key) || isUnderstood(key, map.get(key))
}
