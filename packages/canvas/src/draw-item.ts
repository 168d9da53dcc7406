/**
 * What a shape looks like, as values: the pipeline is shape → `Drawable` → paint.
 *
 * Coordinates are shape space; colours are as written in light mode, the painter adapts them.
 */
import type { ShapeCommon, TextAlign, TextStyle } from '@kolam/board'
import type { Box } from '@kolam/geometry'
import type { Path } from './path.ts'

/** A filled area. */
export interface FillItem {
  readonly type: 'fill'
  readonly path: Path
  readonly color: string
  /** 0…1, times the shape's opacity. */
  readonly strength?: number
}

/** A line. `hairline` lines are `width` screen pixels at any zoom. */
export interface StrokeItem {
  readonly type: 'stroke'
  readonly path: Path
  readonly color: string
  readonly width: number
  readonly dash: readonly number[]
  readonly hairline: boolean
}

/** Hachure and its relatives; `area` is tinted instead when the lines would be too fine to see. */
export interface SketchItem {
  readonly type: 'sketch'
  readonly lines: Path
  readonly area: Path
  readonly color: string
  readonly width: number
  /** Distance between lines. */
  readonly gap: number
}

/** A pen stroke: its outline is worked out when first seen large enough. */
export interface InkItem {
  readonly type: 'ink'
  readonly outline: () => Path
  readonly line: Path
  readonly color: string
  readonly width: number
}

/** Lines of text, each already cut. */
export interface TextItem {
  readonly type: 'text'
  readonly lines: readonly string[]
  /** The lines' own box: aligned left, right or centre in its width. */
  readonly box: Box
  readonly align: TextAlign
  readonly style: TextStyle
  /** From the top of a line to its baseline. */
  readonly baseline: number
  readonly color: string
}

/** The name of a frame or of an inert shape: the same size on screen at any zoom, above `at`. */
export interface NameItem {
  readonly type: 'name'
  readonly text: string
  readonly at: readonly [x: number, y: number]
  /** Page units the name may take. */
  readonly w: number
  readonly color: string
}

/** A picture. */
export interface ImageItem {
  readonly type: 'image'
  readonly asset: string
  readonly box: Box
  readonly crop: ShapeCommon['crop']
  readonly flipX: boolean
  readonly flipY: boolean
  readonly radius: number
}

export type DrawItem =
  FillItem | StrokeItem | SketchItem | InkItem | TextItem | NameItem | ImageItem

/** Everything needed to paint one shape. */
export interface Drawable {
  /** Painted in this order. */
  readonly items: readonly DrawItem[]
  /** Painted last; not painted while it is being edited. */
  readonly label: TextItem | null
  /** Where the items leave room for the label. */
  readonly gap: Box | null
  /** The outline that hover, selection and binding trace. */
  readonly outline: Path
  /** The colour it has when it is too small for anything else. */
  readonly speck: string
}
