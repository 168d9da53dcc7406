/**
 * What is written for shapes that are born: ids, places in the z-order, and the values of `init`.
 *
 * Checks the ids of a whole batch before anything is written. Writes nothing itself.
 */
import { randomId, type Random } from '@kolam/base'
import { boxFromPoints } from '@kolam/geometry'
import { planInsert } from './arrange.ts'
import { isId } from './checks.ts'
import { BoardError } from './errors.ts'
import { encodeInk } from './ink.ts'
import { FIRST_PAGE, type NewShape, type ParentId, type Shape, type ShapeId } from './shape.ts'
import { encodeInit } from './shape-codec.ts'
import { isPage } from './tree.ts'

/** One shape ready to be written. */
export interface Birth {
  readonly id: ShapeId
  readonly init: string
  readonly ink: Uint8Array | null
}

/** All births, and new indexes for siblings that had to make room. */
export interface BirthPlan {
  readonly births: readonly Birth[]
  readonly respread: ReadonlyMap<ShapeId, string>
}

/** What the plan is made against. */
export interface BirthContext {
  readonly isTaken: (id: ShapeId) => boolean
  readonly children: (parent: ParentId) => readonly Shape[]
  readonly random: Random
}

/** Each parent's new children go on top of its old ones, in the order of the array. */
export function planBirths(shapes: readonly NewShape[], context: BirthContext): BirthPlan {
  const named = withIds(shapes, context.isTaken)
  const indexes = new Map<ShapeId, string>()
  for (const [parent, ids] of groupByParent(named)) {
    const siblings = context.children(parent)
    const plan = planInsert(siblings, siblings.length, { ids, random: context.random })
    for (const [id, index] of plan) indexes.set(id, index)
  }
  const births = named.map(({ id, shape }) => toBirth(id, shape, indexes.get(id) ?? ''))
  for (const { id } of named) indexes.delete(id)
  return { births, respread: indexes }
}

interface Named {
  readonly id: ShapeId
  readonly shape: NewShape
}

function withIds(shapes: readonly NewShape[], isTaken: (id: ShapeId) => boolean): Named[] {
  const ids = new Set<ShapeId>()
  return shapes.map((shape) => {
    const id = shape.id ?? randomId()
    if (!isId(id) || isPage(id)) throw new BoardError('id', `Cannot insert a shape with id "${id}"`)
    if (isTaken(id) || ids.has(id)) {
      throw new BoardError('id', `Cannot insert shape "${id}": the id is taken`)
    }
    ids.add(id)
    return { id, shape }
  })
}

function groupByParent(named: readonly Named[]): Map<ParentId, ShapeId[]> {
  const groups = new Map<ParentId, ShapeId[]>()
  for (const { id, shape } of named) {
    const parent = shape.at?.[0] ?? FIRST_PAGE
    const ids = groups.get(parent)
    if (ids) ids.push(id)
    else groups.set(parent, [id])
  }
  return groups
}

function toBirth(id: ShapeId, shape: NewShape, index: string): Birth {
  const ink = shape.ink ?? []
  if (shape.kind !== 'draw' || ink.length === 0) {
    return { id, init: encodeInit(shape, index), ink: null }
  }
  const box = boxFromPoints(ink.map(([x, y]) => ({ x, y })))
  const size = { w: Math.max(0, box.x + box.w), h: Math.max(0, box.y + box.h) }
  return { id, init: encodeInit({ ...size, ...shape }, index), ink: encodeInk(ink) }
}
