/**
 * One live element of a file, and the door through which its fields are read.
 *
 * A field that is missing gets its default silently, as old files leave much out; one that is there
 * but unusable gets the default too, and marks the element as repaired.
 */
import { randomId } from '@kolam/base'
import type { ShapeId } from '@kolam/board'
import { isFiniteNumber, isJson, type Json } from '../json.ts'
import { COORDINATE_MAX } from '../limits.ts'

/** A live element with the fresh id of the shape it becomes. */
export interface Element {
  readonly raw: Json
  readonly type: string
  readonly id: ShapeId
  /** What the file calls it; empty when it has no name. */
  readonly sourceId: string
  repaired: boolean
}

/** The default of a number and the range it is kept in. */
export interface NumberRule {
  readonly fallback: number
  readonly min?: number
  readonly max?: number
}

/** What a list of elements holds. */
export interface ElementList {
  readonly elements: readonly Element[]
  /** How many entries are no elements at all. */
  readonly dropped: number
}

/** The live elements in paint order; deleted ones are not counted as anything. */
export function readElements(list: readonly unknown[]): ElementList {
  const elements: Element[] = []
  let dropped = 0
  for (const raw of list) {
    if (isJson(raw) && raw['isDeleted'] === true) continue
    const type = isJson(raw) ? raw['type'] : null
    if (!isJson(raw) || typeof type !== 'string' || type === '' || type === 'selection') dropped++
    else elements.push(toElement(raw, type))
  }
  return { elements, dropped }
}

/** Elements by their name in the file. A name used twice is the first one's; the second is repaired. */
export function byName(elements: readonly Element[]): Map<string, Element> {
  const named = new Map<string, Element>()
  for (const element of elements) {
    if (element.sourceId === '') continue
    if (named.has(element.sourceId)) element.repaired = true
    else named.set(element.sourceId, element)
  }
  return named
}

/** A finite number in its range. */
export function readNumber(element: Element, key: string, rule: NumberRule): number {
  const { fallback, min = -Infinity, max = Infinity } = rule
  const value = element.raw[key]
  if (value === undefined || value === null) return fallback
  if (!isFiniteNumber(value)) return repair(element, fallback)
  const bounded = Math.max(min, Math.min(max, value))
  return bounded === value ? value : repair(element, bounded)
}

/** A coordinate or length, which may be negative. */
export function readCoordinate(element: Element, key: string, fallback = 0): number {
  return readNumber(element, key, { fallback, min: -COORDINATE_MAX, max: COORDINATE_MAX })
}

/** One of a few words; anything else is the fallback. */
export function readWord<T extends string>(
  element: Element,
  key: string,
  rule: { readonly words: readonly T[]; readonly fallback: T },
): T {
  const value = element.raw[key]
  if (value === undefined || value === null) return rule.fallback
  return rule.words.find((word) => word === value) ?? repair(element, rule.fallback)
}

/** Give `value`, and note that the element is not as it was. */
export function repair<T>(element: Element, value: T): T {
  element.repaired = true
  return value
}

function toElement(raw: Json, type: string): Element {
  const name = raw['id']
  const sourceId = typeof name === 'string' ? name : ''
  return { raw, type, id: randomId(), sourceId, repaired: false }
}
