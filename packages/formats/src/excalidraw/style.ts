/** The looks that every kind of element has. */
import type { Random } from '@kolam/base'
import { SHAPE_DEFAULTS, type Dash, type FillStyle, type NewShape } from '@kolam/board'
import { readColor } from '../color.ts'
import { readNumber, readWord, repair, type Element } from './element.ts'

/** The part of a shape that `readStyle` gives. */
export type Style = Pick<
  Required<NewShape>,
  | 'stroke'
  | 'strokeWidth'
  | 'dash'
  | 'fill'
  | 'fillStyle'
  | 'roughness'
  | 'seed'
  | 'opacity'
  | 'locked'
>

const DASHES: readonly Dash[] = ['solid', 'dashed', 'dotted']
const FILL_STYLES: readonly FillStyle[] = ['solid', 'hachure', 'cross-hatch', 'zigzag']

/** Stroke, fill and the rest; a seed that is missing comes from `random`. */
export function readStyle(element: Element, random: Random): Style {
  return {
    stroke: colorOf(element, 'strokeColor', SHAPE_DEFAULTS.stroke),
    strokeWidth: readNumber(element, 'strokeWidth', { fallback: 2, min: 0, max: 1000 }),
    dash: readWord(element, 'strokeStyle', { words: DASHES, fallback: 'solid' }),
    fill: colorOf(element, 'backgroundColor', 'none'),
    fillStyle: readWord(element, 'fillStyle', { words: FILL_STYLES, fallback: 'solid' }),
    roughness: readNumber(element, 'roughness', { fallback: 1, min: 0, max: 2 }),
    seed: seedOf(element, random),
    opacity: readNumber(element, 'opacity', { fallback: 100, min: 0, max: 100 }) / 100,
    locked: element.raw['locked'] === true,
  }
}

/** A colour; one that does not keep the grammar is the fallback. */
export function colorOf(element: Element, key: string, fallback: string): string {
  const value = element.raw[key]
  if (value === undefined || value === null || value === '') return fallback
  return readColor(value) ?? repair(element, fallback)
}

/** Radians, without whole turns. */
export function angleOf(element: Element): number {
  return readNumber(element, 'angle', { fallback: 0 }) % (2 * Math.PI)
}

function seedOf(element: Element, random: Random): number {
  const seed = Math.trunc(readNumber(element, 'seed', { fallback: 0 }))
  return seed !== 0 && Number.isSafeInteger(seed) ? seed : Math.floor(random() * 2 ** 31)
}
