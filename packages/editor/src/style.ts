/** How the next shapes will look, and which of those props each kind of shape knows. */
import {
  SHAPE_DEFAULTS,
  type NewShape,
  type Shape,
  type ShapeCommon,
  type ShapeKind,
} from '@kolam/board'

/** The props the style panel shows. */
export type StyleDefaults = Pick<
  ShapeCommon,
  | 'stroke'
  | 'fill'
  | 'fillStyle'
  | 'strokeWidth'
  | 'dash'
  | 'roughness'
  | 'radius'
  | 'opacity'
  | 'font'
  | 'fontSize'
  | 'textAlign'
  | 'curve'
  | 'startHead'
  | 'endHead'
>

export type StyleProp = keyof StyleDefaults

/** The style of several shapes: a value, or `mixed` where they differ. */
export type ShownStyle = { readonly [Prop in StyleProp]: StyleDefaults[Prop] | 'mixed' }

/** The style a new editor starts with. */
export const FIRST_STYLE: StyleDefaults = Object.freeze({
  stroke: SHAPE_DEFAULTS.stroke,
  fill: SHAPE_DEFAULTS.fill,
  fillStyle: SHAPE_DEFAULTS.fillStyle,
  strokeWidth: SHAPE_DEFAULTS.strokeWidth,
  dash: SHAPE_DEFAULTS.dash,
  roughness: SHAPE_DEFAULTS.roughness,
  radius: SHAPE_DEFAULTS.radius,
  opacity: SHAPE_DEFAULTS.opacity,
  font: SHAPE_DEFAULTS.font,
  fontSize: SHAPE_DEFAULTS.fontSize,
  textAlign: SHAPE_DEFAULTS.textAlign,
  curve: SHAPE_DEFAULTS.curve,
  startHead: SHAPE_DEFAULTS.startHead,
  endHead: 'arrow',
})

export const STYLE_PROPS = Object.keys(FIRST_STYLE) as readonly StyleProp[]

const OUTLINED: readonly ShapeKind[] = ['rectangle', 'ellipse', 'diamond', 'line', 'arrow', 'draw']
const FILLED: readonly ShapeKind[] = ['rectangle', 'ellipse', 'diamond', 'line', 'draw']
const WRITTEN: readonly ShapeKind[] = ['rectangle', 'ellipse', 'diamond', 'line', 'arrow', 'text']
const ALL: readonly ShapeKind[] = [...OUTLINED, 'text', 'image', 'frame']

const KINDS: { readonly [Prop in StyleProp]: readonly ShapeKind[] } = {
  stroke: [...OUTLINED, 'text'],
  fill: FILLED,
  fillStyle: FILLED,
  strokeWidth: OUTLINED,
  dash: OUTLINED,
  roughness: OUTLINED.filter((kind) => kind !== 'draw'),
  radius: ['rectangle', 'diamond', 'image'],
  opacity: ALL,
  font: WRITTEN,
  fontSize: WRITTEN,
  textAlign: WRITTEN,
  curve: ['line', 'arrow'],
  startHead: ['arrow'],
  endHead: ['arrow'],
}

/** Whether `prop` says anything about a shape of this kind. */
export function appliesTo(prop: StyleProp, kind: ShapeKind): boolean {
  return KINDS[prop].includes(kind)
}

/** The part of `style` that a shape of this kind knows. */
export function styleFor(kind: ShapeKind, style: Partial<StyleDefaults>): Partial<StyleDefaults> {
  const known = Object.entries(style).filter(([prop]) => appliesTo(prop as StyleProp, kind))
  return Object.fromEntries(known)
}

/** The look a new shape of this kind is born with. Labels of boxes stand in the middle. */
export function bornWith(kind: ShapeKind, style: StyleDefaults): Partial<NewShape> {
  const own = styleFor(kind, style)
  if (kind === 'text') return own
  return { ...own, textAlign: 'center', verticalAlign: 'middle' }
}

/** What `shapes` look like together; `fallback` for what none of them knows. */
export function sharedStyle(shapes: readonly Shape[], fallback: StyleDefaults): ShownStyle {
  const shown: Record<string, unknown> = {}
  for (const prop of STYLE_PROPS) {
    const known = shapes.filter(({ kind }) => appliesTo(prop, kind))
    const [value = fallback[prop], ...others] = new Set(known.map((shape) => shape[prop]))
    shown[prop] = others.length > 0 ? 'mixed' : value
  }
  return shown as ShownStyle
}
