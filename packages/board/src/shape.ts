/**
 * What a shape is: plain, immutable values read from the document.
 *
 * A `Shape` is the sum of the immutable `init` a shape was born with and the props that changed
 * since. Coordinates are in the space of the shape's parent; a shape whose parent is a page lives in
 * page space. Nothing here knows Yjs, the DOM or a screen.
 */

/** 128 random bits in base64url; unique in a document. */
export type ShapeId = string

/** A page id or a shape id: what a shape belongs to. */
export type ParentId = string

/** The page every document has without writing it down. */
export const FIRST_PAGE: ParentId = 'page:1'

/** The `meta.format` this code reads and writes. A document with a higher one is read-only here. */
export const FORMAT = 1

/** Every kind of shape this code knows; a kind it does not know is read as `foreign`. */
export const SHAPE_KINDS = [
  'rectangle',
  'ellipse',
  'diamond',
  'line',
  'arrow',
  'text',
  'draw',
  'image',
  'frame',
  'group',
  'foreign',
] as const

export type ShapeKind = (typeof SHAPE_KINDS)[number]

/** Where a shape is, one value so that a move and a change of parent cannot tear apart. */
export type Place = readonly [parent: ParentId, x: number, y: number]

export type Point = readonly [x: number, y: number]

/** A point of a stroke: position and pressure 0…1. */
export type InkPoint = readonly [x: number, y: number, pressure: number]

export type FillStyle = 'solid' | 'hachure' | 'cross-hatch' | 'zigzag'
export type Dash = 'solid' | 'dashed' | 'dotted'
export type FontName = 'hand' | 'sans' | 'serif' | 'mono'
export type TextAlign = 'left' | 'center' | 'right'
export type VerticalAlign = 'top' | 'middle' | 'bottom'
export type Curve = 'sharp' | 'round' | 'elbow'
export type ArrowHead =
  | 'none'
  | 'arrow'
  | 'triangle'
  | 'triangle-outline'
  | 'bar'
  | 'circle'
  | 'circle-outline'
  | 'diamond'
  | 'diamond-outline'
  | 'one'
  | 'many'
  | 'one-or-many'
  | 'exactly-one'
  | 'zero-or-one'
  | 'zero-or-many'

/** An arrow's end held by a shape: `anchor` is 0…1 of the shape's unrotated box. */
export interface Binding {
  readonly id: ShapeId
  readonly anchor: Point
  /** `edge`: the arrow stops at the outline on its way to the anchor (default); `exact`: at the anchor. */
  readonly mode: 'edge' | 'exact'
}

/** Props every shape has. Sizes in page units (CSS pixels at zoom 1), angles in radians clockwise about the centre. */
export interface ShapeCommon {
  readonly kind: ShapeKind
  /** Parent and top-left corner of the unrotated box, in the parent's space. */
  readonly at: Place
  /** Fractional index among the siblings of one parent; ties are ordered by id. */
  readonly index: string
  readonly w: number
  readonly h: number
  readonly angle: number
  /** 0…1 */
  readonly opacity: number
  readonly locked: boolean
  /** CSS colour as written in light mode, or `none`. */
  readonly stroke: string
  readonly strokeWidth: number
  readonly dash: Dash
  /** CSS colour as written in light mode, or `none`. */
  readonly fill: string
  readonly fillStyle: FillStyle
  /** 0 clean, 1 hand-drawn, 2 sketchy. */
  readonly roughness: number
  /** Seed of the hand-drawn look, so that everybody sees the same lines. */
  readonly seed: number
  /** Corner radius in page units; 0 is sharp. */
  readonly radius: number
  /** The label: the text of a text shape, the name of a frame, the label of anything else. */
  readonly text: string
  readonly font: FontName
  readonly fontSize: number
  /** Unitless, times `fontSize`. */
  readonly lineHeight: number
  readonly textAlign: TextAlign
  readonly verticalAlign: VerticalAlign
  /** Colour of the label; empty means the stroke's. */
  readonly textColor: string
  /** A text shape that grows with its text (true) or wraps at `w` (false). */
  readonly autoSize: boolean
  /** Line and arrow: points in the shape's own space; the first is usually 0,0. Empty for others. */
  readonly points: readonly Point[]
  readonly curve: Curve
  /** A line whose last point joins its first; it can be filled. */
  readonly closed: boolean
  readonly start: Binding | null
  readonly end: Binding | null
  readonly startHead: ArrowHead
  readonly endHead: ArrowHead
  /** Draw: whether the width comes from recorded pressure (true) or from speed (false). */
  readonly pressure: boolean
  /** Image: content address (SHA-256, hex) in the asset store; empty when it has none yet. */
  readonly asset: string
  /** Image: the visible part, 0…1 of the picture, or null for all of it. */
  readonly crop: {
    readonly x: number
    readonly y: number
    readonly w: number
    readonly h: number
  } | null
  readonly flipX: boolean
  readonly flipY: boolean
  /** What another program knew of this shape and Kolam does not: kept, never interpreted. */
  readonly foreign: Foreign | null
}

/** A foreign element: `kind` is what it was called there; `data` is untouched JSON. */
export interface Foreign {
  readonly app: string
  readonly kind: string
  readonly data: unknown
}

export interface Shape extends ShapeCommon {
  readonly id: ShapeId
  /** Draw: the stroke, in the shape's own space. Empty for others. */
  readonly ink: readonly InkPoint[]
}

/** A shape to be born: everything but `kind` may be left to its default. */
export type NewShape = Partial<Omit<Shape, 'kind' | 'index' | 'at'>> & {
  readonly kind: ShapeKind
  /** Defaults to 0,0 on the first page. `x`,`y` in the parent's space. */
  readonly at?: Place
}

/** Changed props of one shape; `text` and `ink` have their own doors. */
export type ShapePatch = Partial<Omit<ShapeCommon, 'kind' | 'text' | 'foreign'>>

/** What a prop is when neither `init` nor a change names it. */
export const SHAPE_DEFAULTS: Omit<Shape, 'id' | 'kind' | 'index'> = Object.freeze({
  at: [FIRST_PAGE, 0, 0] as const,
  w: 100,
  h: 100,
  angle: 0,
  opacity: 1,
  locked: false,
  stroke: '#1e1e1e',
  strokeWidth: 2,
  dash: 'solid',
  fill: 'none',
  fillStyle: 'solid',
  roughness: 0,
  seed: 1,
  radius: 0,
  text: '',
  font: 'hand',
  fontSize: 20,
  lineHeight: 1.25,
  textAlign: 'left',
  verticalAlign: 'top',
  textColor: '',
  autoSize: true,
  points: [],
  curve: 'sharp',
  closed: false,
  start: null,
  end: null,
  startHead: 'none',
  endHead: 'none',
  pressure: false,
  asset: '',
  crop: null,
  flipX: false,
  flipY: false,
  foreign: null,
  ink: [],
})
