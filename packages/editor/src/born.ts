/** A new shape with the current style and a seed of its own. Makes the value, not the shape. */
import type { NewShape, ShapeKind } from '@kolam/board'
import type { Desk } from './desk.ts'
import { bornWith } from './style.ts'

/** Seeds stay within 31 bits, as rough drawing takes them. */
const SEED_MAX = 2 ** 31 - 1

export function newShape(
  desk: Desk,
  kind: ShapeKind,
  props: Partial<NewShape>,
): NewShape & { readonly kind: ShapeKind } {
  const seed = 1 + Math.floor(desk.random() * (SEED_MAX - 1))
  return { ...bornWith(kind, desk.style.defaults), seed, ...props, kind }
}
