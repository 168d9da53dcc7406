/**
 * Which shape contains which: frames by `frameId`, groups by `groupIds`.
 *
 * A file names groups on their members, deepest first; here each becomes a shape around its members,
 * at the height of the topmost. What a frame is grouped with does not count again for what is in it.
 * A group of one is left out.
 */
import { randomId } from '@kolam/base'
import { FIRST_PAGE, type NewShape, type ParentId } from '@kolam/board'
import { turnedBounds, unionBoxes, type Box, type Vec } from '@kolam/geometry'
import { stringsOf } from '../json.ts'
import { GROUP_DEPTH_MAX } from '../limits.ts'
import { turnOf, type Built } from './built.ts'
import type { Element } from './element.ts'

/** Shapes in paint order, containers before what they contain, with the box around all. */
export interface Planted {
  readonly shapes: NewShape[]
  readonly bounds: Box | null
}

/** Put shapes that are where they are on the page into each other. */
export function plantTree(all: readonly Built[], named: ReadonlyMap<string, Element>): Planted {
  const page = branch(null)
  const frames = new Map<Element, Branch>()
  for (const [order, built] of all.entries()) {
    if (built.props.kind !== 'frame') continue
    const frame = branch(built)
    frame.order = order
    frames.set(built.element, frame)
    groupIn(page, groupsOf(built)).nodes.push(frame)
  }
  for (const [order, built] of all.entries()) {
    if (built.props.kind === 'frame') continue
    const frame = frameOf(built, { named, frames })
    const around = new Set(frame?.built ? groupsOf(frame.built) : [])
    const inside = groupsOf(built).filter((name) => !around.has(name))
    groupIn(frame ?? page, inside).nodes.push({ built, order })
  }
  const nodes = settle(page)
  const shapes: NewShape[] = []
  emit(nodes, { parent: FIRST_PAGE, origin: { x: 0, y: 0 }, shapes })
  return { shapes, bounds: boundsOf(nodes) }
}

interface Leaf {
  readonly built: Built
  readonly order: number
}

/** A page, a frame or a group; only a frame was an element. */
interface Branch {
  readonly built: Built | null
  nodes: (Leaf | Branch)[]
  readonly groups: Map<string, Branch>
  order: number
}

type Node = Leaf | Branch

function branch(built: Built | null): Branch {
  return { built, nodes: [], groups: new Map(), order: -1 }
}

/** Outermost first. */
function groupsOf({ element }: Built): string[] {
  return stringsOf(element.raw['groupIds']).toReversed().slice(0, GROUP_DEPTH_MAX)
}

function groupIn(start: Branch, names: readonly string[]): Branch {
  let at = start
  for (const name of names) {
    let group = at.groups.get(name)
    if (!group) {
      group = branch(null)
      at.groups.set(name, group)
      at.nodes.push(group)
    }
    at = group
  }
  return at
}

function frameOf(
  { element }: Built,
  { named, frames }: { named: ReadonlyMap<string, Element>; frames: ReadonlyMap<Element, Branch> },
): Branch | null {
  const name = element.raw['frameId']
  const frame = typeof name === 'string' ? named.get(name) : undefined
  return (frame && frames.get(frame)) ?? null
}

/** The contents in paint order, with groups of one replaced by what they hold. */
function settle(parent: Branch): Node[] {
  const nodes = parent.nodes.map((node) => {
    if (!isBranch(node)) return node
    node.nodes = settle(node)
    if (node.built !== null) return node
    node.order = node.nodes.at(-1)!.order
    return node.nodes.length === 1 ? node.nodes[0]! : node
  })
  return nodes.toSorted((a, b) => a.order - b.order)
}

function isBranch(node: Node): node is Branch {
  return 'nodes' in node
}

interface Target {
  readonly parent: ParentId
  readonly origin: Vec
  readonly shapes: NewShape[]
}

function emit(nodes: readonly Node[], { parent, origin, shapes }: Target): void {
  for (const node of nodes) {
    const box = boxOf(node)
    const id = node.built?.element.id ?? randomId()
    const place = {
      id,
      at: [parent, box.x - origin.x, box.y - origin.y],
      w: box.w,
      h: box.h,
    } as const
    shapes.push({ kind: 'group', ...node.built?.props, ...place })
    if (isBranch(node)) emit(node.nodes, { parent: id, origin: box, shapes })
  }
}

/** The unturned box of an element, or the box around a group. */
function boxOf(node: Node): Box {
  if (node.built) return node.built.box
  return (isBranch(node) && boundsOf(node.nodes)) || { x: 0, y: 0, w: 0, h: 0 }
}

function boundsOf(nodes: readonly Node[]): Box | null {
  return unionBoxes(
    nodes.map((node) =>
      node.built ? turnedBounds(node.built.box, turnOf(node.built)) : boxOf(node),
    ),
  )
}
