/** Editing that moves shapes between parents and among siblings, keeping them where they are. */
import {
  applyMatrixToBox,
  boxesIntersect,
  IDENTITY,
  invert,
  unionBoxes,
  type Matrix,
} from '@kolam/geometry'
import { planInsert, planReorder, type ReorderTo } from './arrange.ts'
import type { BoardWriter } from './board-writer.ts'
import { placeIn } from './place.ts'
import { FIRST_PAGE, type ParentId, type ShapeId, type ShapePatch } from './shape.ts'
import { isPage } from './tree.ts'

/** Move shapes into `parent`, on top of what is there or at `slot` among it, keeping place and angle. */
export function reparentShapes(
  writer: BoardWriter,
  ids: Iterable<ShapeId>,
  target: { readonly parent: ParentId; readonly slot?: number },
): void {
  const { scene, store } = writer.view
  const { parent } = target
  if (!isPage(parent) && !store.get(parent)) return
  const inside = isPage(parent)
    ? new Set<ShapeId>()
    : new Set([parent, ...scene.tree.ancestors(parent)])
  const moving = inPaintOrder(writer, ids).filter((id) => !inside.has(id))
  const chosen = new Set(moving)
  const all = scene.tree.children(parent)
  const slot = all.slice(0, target.slot ?? all.length).filter(({ id }) => !chosen.has(id)).length
  const siblings = all.filter(({ id }) => !chosen.has(id))
  const plan = planInsert(siblings, slot, { ids: moving, random: writer.random })
  const patches = Array.from(plan, ([id, index]): [ShapeId, ShapePatch] => [
    id,
    chosen.has(id) ? { index, ...placeOf(writer, id, parent) } : { index },
  ])
  const left = new Set(moving.map((id) => scene.tree.parentOf(id) ?? FIRST_PAGE))
  writer.transact(() => {
    writer.patch(patches)
    writer.remove(Array.from(left).filter((id) => isEmptyGroup(writer, id)))
  })
}

/** Put shapes into a new group in their common parent, where the topmost of them was; null for fewer than two. */
export function groupShapes(writer: BoardWriter, ids: Iterable<ShapeId>): ShapeId | null {
  const members = outermost(writer, ids)
  if (members.length < 2) return null
  return writer.transact(() => {
    const { scene } = writer.view
    const parent = commonParent(writer, members)
    const slot = slotAbove(writer, parent, members)
    const page = unionBoxes(members.map((id) => scene.pageBounds(id)))!
    const { x, y, w, h } = applyMatrixToBox(invert(transformOf(writer, parent)), page)
    const [group] = writer.insert([{ kind: 'group', at: [parent, x, y], w, h }])
    if (group === undefined) return null
    reparentShapes(writer, [group], { parent, slot })
    reparentShapes(writer, members, { parent: group })
    return group
  })
}

/** Put the contents of groups where the groups were, and remove the groups; gives the contents. */
export function ungroupShapes(writer: BoardWriter, ids: Iterable<ShapeId>): ShapeId[] {
  const { scene, store } = writer.view
  return writer.transact(() =>
    inPaintOrder(writer, ids)
      .filter((id) => store.get(id)?.kind === 'group')
      .flatMap((id) => {
        const parent = scene.tree.parentOf(id) ?? FIRST_PAGE
        const contents = scene.tree.children(id).map((child) => child.id)
        reparentShapes(writer, contents, { parent, slot: slotAbove(writer, parent, [id]) })
        writer.remove([id])
        return contents
      }),
  )
}

/** Move shapes in the z-order of their parents. One step goes past the next shape they overlap. */
export function reorderShapes(writer: BoardWriter, ids: Iterable<ShapeId>, to: ReorderTo): void {
  const { scene } = writer.view
  const moving = new Set(inPaintOrder(writer, ids))
  const parents = new Set(Array.from(moving, (id) => scene.tree.parentOf(id) ?? FIRST_PAGE))
  const patches: [ShapeId, ShapePatch][] = []
  for (const parent of parents) {
    const siblings = scene.tree.children(parent)
    const own = siblings.filter(({ id }) => moving.has(id)).map(({ id }) => scene.pageBounds(id))
    const around = unionBoxes(own)
    const plan = planReorder(siblings, moving, {
      to,
      random: writer.random,
      inWay: ({ id }) => around !== null && boxesIntersect(scene.pageBounds(id), around),
    })
    for (const [id, index] of plan) patches.push([id, { index }])
  }
  writer.patch(patches)
}

function isEmptyGroup({ view: { store, scene } }: BoardWriter, id: ParentId): boolean {
  return store.get(id)?.kind === 'group' && scene.tree.children(id).length === 0
}

function inPaintOrder(writer: BoardWriter, ids: Iterable<ShapeId>): ShapeId[] {
  const { scene, store } = writer.view
  const known = [...new Set(ids)].filter((id) => store.get(id) !== undefined)
  return known.sort((a, b) => scene.comparePaint(a, b))
}

/** Without those that come along inside others. */
function outermost(writer: BoardWriter, ids: Iterable<ShapeId>): ShapeId[] {
  const { tree } = writer.view.scene
  const chosen = new Set(inPaintOrder(writer, ids))
  return [...chosen].filter((id) => ![...tree.ancestors(id)].some((above) => chosen.has(above)))
}

function commonParent(writer: BoardWriter, ids: readonly ShapeId[]): ParentId {
  const { tree } = writer.view.scene
  const ways = ids.map((id) => new Set(tree.ancestors(id)))
  const [first] = ways
  for (const above of first ?? []) if (ways.every((way) => way.has(above))) return above
  return tree.pageOf(ids[0] ?? '') ?? FIRST_PAGE
}

/** The slot right above the topmost of `ids`, or of what contains it, among the children of `parent`. */
function slotAbove(writer: BoardWriter, parent: ParentId, ids: readonly ShapeId[]): number {
  const { tree } = writer.view.scene
  const ways = new Set(ids.flatMap((id) => [id, ...tree.ancestors(id)]))
  return tree.children(parent).findLastIndex(({ id }) => ways.has(id)) + 1
}

function placeOf(writer: BoardWriter, id: ShapeId, parent: ParentId): ShapePatch {
  const { scene, store } = writer.view
  const shape = store.get(id)!
  const old = scene.tree.parentOf(id) ?? FIRST_PAGE
  if (old === parent && shape.at[0] === parent) return {}
  return placeIn(shape, {
    id: parent,
    from: transformOf(writer, old),
    to: transformOf(writer, parent),
  })
}

function transformOf(writer: BoardWriter, parent: ParentId): Matrix {
  return isPage(parent) ? IDENTITY : writer.view.scene.pageTransform(parent)
}
