/**
 * Fractional indexes: where a shape is among its siblings, as text that sorts.
 *
 * Keys are jittered, so that two people who put something at the same place at once rarely get the
 * same key. The jitter is drawn from a `Random`, so that a test can repeat it. Never reads a board.
 */
import type { Random } from '@kolam/base'
import { generateNKeysBetween } from 'fractional-indexing-jittered'
import { INDEX_MAX } from './limits.ts'
import type { Shape } from './shape.ts'

/** The index of a shape that names none. */
export const FIRST_INDEX = 'a0'

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const JITTER_DIGITS = 3
// Heads nearer to the ends of the alphabet need more shapes than there are atoms.
const INDEX = /^[C-Xb-xYZa][0-9A-Za-z]+$/

/** Whether this is an index new ones can be made from: well formed and of bounded length. */
export function isIndex(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > INDEX_MAX || !INDEX.test(value)) return false
  return value.length >= integerLength(value.charCodeAt(0))
}

/** Between which keys new ones are wanted; null is the open end. */
export interface Gap {
  readonly above: string | null
  readonly below: string | null
}

/**
 * `count` keys in ascending order, higher than `gap.above` and lower than `gap.below`; null when the
 * gap is too tight, and the siblings must be given fresh keys.
 */
export function indexesBetween(gap: Gap, count: number, random: Random): string[] | null {
  const { above, below } = gap
  if (above !== null && below !== null && above >= below) return null
  const keys = generateNKeysBetween(above, below, count)
  const jittered = keys.map((key, i) => jitter(key, keys[i + 1] ?? below, random))
  return jittered.every(isIndex) ? jittered : null
}

/** Paint order of siblings: by index, ties by id. */
export function compareSiblings(a: Shape, b: Shape): number {
  if (a.index !== b.index) return a.index < b.index ? -1 : 1
  if (a.id === b.id) return 0
  return a.id < b.id ? -1 : 1
}

/** Digits added to a key keep it above its old self; below `next` unless that begins with it. */
function jitter(key: string, next: string | null, random: Random): string {
  if (next?.startsWith(key) === true) return key
  let tail = ''
  for (let i = 0; i < JITTER_DIGITS; i++) tail += digit(random, i === JITTER_DIGITS - 1 ? 1 : 0)
  return key + tail
}

/** A trailing zero would leave no room below, so the last digit starts at one. */
function digit(random: Random, lowest: number): string {
  return DIGITS.charAt(lowest + Math.floor(random() * (DIGITS.length - lowest)))
}

/** `a` heads a key of 2 characters, `b` 3…; `Z` 2, `Y` 3… (the library's integer part). */
function integerLength(head: number): number {
  return head >= 97 ? head - 97 + 2 : 90 - head + 2
}
