/**
 * What a view shows above the document: produced by the editor, drawn by the canvas.
 *
 * Types only, here because editor and canvas are siblings that never import each other. All
 * coordinates are page space; sizes that must not scale with the zoom are the drawer's business.
 */
import type { Box, Vec } from '@kolam/geometry'
import type { Shape, ShapeId } from './shape.ts'

/** A box turned about its centre by `angle` radians. */
export interface TurnedBox {
  readonly box: Box
  readonly angle: number
}

export type HandleName =
  'nw' | 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w' | 'rotate' | `point:${number}`

export interface Handle {
  readonly name: HandleName
  readonly at: Vec
}

/** That all drafts are the shapes of a gesture's start, moved and nothing else. */
export interface Carried {
  /** The same object as long as the same shapes are moved. */
  readonly start: object
  /** On the page, from where they were at the start. */
  readonly by: Vec
}

export interface Overlay {
  /** Shapes drawn from these values instead of the document's, on top: what is being dragged or drawn. */
  readonly drafts: ReadonlyMap<ShapeId, Shape>
  /** Known where the drafts are only moved: they need not be drawn anew for that. */
  readonly carried: Carried | null
  /** Shapes shown faded because letting go will erase them. */
  readonly erasing: ReadonlySet<ShapeId>
  /** Selected shapes, outlined one by one. */
  readonly selected: readonly ShapeId[]
  /** The box around the whole selection, or null. */
  readonly frame: TurnedBox | null
  readonly handles: readonly Handle[]
  readonly hovered: ShapeId | null
  /** The shape an arrow's end would bind to if let go here. */
  readonly bindTarget: ShapeId | null
  readonly marquee: Box | null
  /** The shape whose text is being typed in the page above: its text is not drawn. */
  readonly editing: ShapeId | null
}

export const EMPTY_OVERLAY: Overlay = Object.freeze({
  drafts: new Map(),
  carried: null,
  erasing: new Set<ShapeId>(),
  selected: [],
  frame: null,
  handles: [],
  hovered: null,
  bindTarget: null,
  marquee: null,
  editing: null,
})
