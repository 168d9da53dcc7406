/**
 * Strokes of a pen.
 *
 * `strokeWidth` is the nominal width of the pen here as there, so it is kept; files that carry
 * `strokeOptions` write half of it, so theirs is doubled.
 */
import type { Random } from '@kolam/base'
import { isJson } from '../json.ts'
import { INK_POINTS_MAX } from '../limits.ts'
import type { Built } from './built.ts'
import type { Element } from './element.ts'
import { isLoop } from './linear.ts'
import { placePoints, readSamples, thinned } from './points.ts'
import { angleOf, readStyle } from './style.ts'

/** A stroke; without recorded pressure its width follows its speed. */
export function buildInk(element: Element, random: Random): Built {
  const { box, points } = placePoints(
    element,
    thinned(element, readSamples(element), INK_POINTS_MAX),
  )
  const style = readStyle(element, random)
  const closed = isLoop(points)
  const pressure = hasPressure(element)
  const props = {
    ...style,
    kind: 'draw',
    angle: angleOf(element),
    strokeWidth: isJson(element.raw['strokeOptions']) ? style.strokeWidth * 2 : style.strokeWidth,
    closed,
    fill: closed ? style.fill : 'none',
    pressure,
    ink: points.map((point) => [point.x, point.y, pressure ? point.pressure : 0.5] as const),
  } as const
  return { element, props, box, notDrawn: null }
}

function hasPressure({ raw }: Element): boolean {
  const { pressures, simulatePressure } = raw
  return Array.isArray(pressures) && pressures.length > 0 && simulatePressure !== true
}
