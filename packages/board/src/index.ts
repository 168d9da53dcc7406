/** The board in a Y.Doc. */
export { arrowRoute } from './arrow-route.ts'
export type { ReorderTo } from './arrange.ts'
export { Board, type BoardEvents, type BoardOptions } from './board.ts'
export type { BoardChange } from './changes.ts'
export { BoardError, type BoardErrorCode } from './errors.ts'
export type { ShapeAtOptions, ShapesInOptions } from './find.ts'
export { decodeInk, encodeInk, onInkGrid } from './ink.ts'
export { growingInk, InkTrail } from './ink-trail.ts'
export type { Loading, SliceOptions } from './intake.ts'
export { POINTS_MAX, TEXT_MAX, TITLE_MAX } from './limits.ts'
export { outlineBounds, shapeOutline, type Outline } from './outline.ts'
export {
  EMPTY_OVERLAY,
  type Carried,
  type Handle,
  type HandleName,
  type Overlay,
  type TurnedBox,
} from './overlay.ts'
export {
  FIRST_PAGE,
  FORMAT,
  SHAPE_DEFAULTS,
  SHAPE_KINDS,
  type ArrowHead,
  type Binding,
  type Curve,
  type Dash,
  type FillStyle,
  type FontName,
  type Foreign,
  type InkPoint,
  type NewShape,
  type ParentId,
  type Place,
  type Point,
  type Shape,
  type ShapeCommon,
  type ShapeId,
  type ShapeKind,
  type ShapePatch,
  type TextAlign,
  type VerticalAlign,
} from './shape.ts'
export { StrokeWriter } from './stroke-writer.ts'
export type { MeasuredText, TextMeasurer, TextStyle } from './text-measure.ts'
export { localTransform, withDrafts, type ShapeLookup } from './transforms.ts'
export type { BoardUndo } from './undo.ts'
