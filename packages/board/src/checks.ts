/**
 * What a valid value of each prop is.
 *
 * Guards only: a value is taken as it is or not at all, so nothing from the network is ever half
 * believed and a valid value keeps its identity.
 */
import { ANGLE_MAX, COLOR_MAX, COORDINATE_MAX, ID_MAX, POINTS_MAX } from './limits.ts'
import { isIndex } from './order.ts'
import type { ArrowHead, Dash, FillStyle, FontName, ShapeCommon } from './shape.ts'
import { isObject } from './values.ts'

type Check = (value: unknown) => boolean

const DASHES: readonly Dash[] = ['solid', 'dashed', 'dotted']
const FILLS: readonly FillStyle[] = ['solid', 'hachure', 'cross-hatch', 'zigzag']
const FONTS: readonly FontName[] = ['hand', 'sans', 'serif', 'mono']
const HEADS: readonly ArrowHead[] = [
  'none',
  'arrow',
  'triangle',
  'triangle-outline',
  'bar',
  'circle',
  'circle-outline',
  'diamond',
  'diamond-outline',
  'one',
  'many',
  'one-or-many',
  'exactly-one',
  'zero-or-one',
  'zero-or-many',
]
// Nothing that could end a declaration or name an address.
const COLOR = /^[#\w(),.%\s/+-]+$/

/** The props that may change after birth, and those of `init`, each with its guard. */
export const CHECKS: { readonly [Prop in Exclude<keyof ShapeCommon, 'kind'>]: Check } = {
  at: isPlace,
  index: isIndex,
  w: between(0, COORDINATE_MAX),
  h: between(0, COORDINATE_MAX),
  angle: between(-ANGLE_MAX, ANGLE_MAX),
  opacity: between(0, 1),
  locked: isBoolean,
  stroke: isColor,
  strokeWidth: between(0, 1_000),
  dash: oneOf(DASHES),
  fill: isColor,
  fillStyle: oneOf(FILLS),
  roughness: between(0, 10),
  seed: between(-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  radius: between(0, COORDINATE_MAX),
  text: isString,
  font: oneOf(FONTS),
  fontSize: between(0.1, 10_000),
  lineHeight: between(0.1, 10),
  textAlign: oneOf(['left', 'center', 'right']),
  verticalAlign: oneOf(['top', 'middle', 'bottom']),
  textColor: (value) => value === '' || isColor(value),
  autoSize: isBoolean,
  points: (value) => Array.isArray(value) && value.length <= POINTS_MAX && value.every(isPoint),
  curve: oneOf(['sharp', 'round', 'elbow']),
  closed: isBoolean,
  start: isBindingOrNull,
  end: isBindingOrNull,
  startHead: oneOf(HEADS),
  endHead: oneOf(HEADS),
  pressure: isBoolean,
  asset: (value) => typeof value === 'string' && value.length <= 256,
  crop: isCropOrNull,
  flipX: isBoolean,
  flipY: isBoolean,
  foreign: isForeignOrNull,
}

/** Whether this may be the id of a shape or a page. */
export function isId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= ID_MAX
}

function between(min: number, max: number): Check {
  return (value) => typeof value === 'number' && value >= min && value <= max
}

function oneOf(values: readonly unknown[]): Check {
  return (value) => values.includes(value)
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean'
}

function isString(value: unknown): boolean {
  return typeof value === 'string'
}

function isColor(value: unknown): boolean {
  return typeof value === 'string' && value.length <= COLOR_MAX && COLOR.test(value)
}

function isCoordinate(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) <= COORDINATE_MAX
}

function isPlace(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length === 3 &&
    isId(value[0]) &&
    isCoordinate(value[1]) &&
    isCoordinate(value[2])
  )
}

function isPoint(value: unknown): boolean {
  return (
    Array.isArray(value) && value.length === 2 && isCoordinate(value[0]) && isCoordinate(value[1])
  )
}

function isBindingOrNull(value: unknown): boolean {
  if (value === null) return true
  if (!isObject(value)) return false
  return isId(value['id']) && isPoint(value['anchor']) && isMode(value['mode'])
}

function isMode(value: unknown): boolean {
  return value === 'edge' || value === 'exact'
}

function isCropOrNull(value: unknown): boolean {
  if (value === null) return true
  if (!isObject(value)) return false
  const share = between(0, 1)
  const [w, h] = [value['w'], value['h']]
  return share(value['x']) && share(value['y']) && share(w) && share(h) && w !== 0 && h !== 0
}

function isForeignOrNull(value: unknown): boolean {
  if (value === null) return true
  if (!isObject(value)) return false
  return typeof value['app'] === 'string' && typeof value['kind'] === 'string' && 'data' in value
}
