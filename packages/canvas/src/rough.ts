/**
 * The hand-drawn look: paths and fill lines with a seed of their own, so that all see the same.
 *
 * Loaded when a shape first needs it: clean shapes never come here.
 */
import roughjs from 'roughjs'
import type { Shape } from '@kolam/board'
import { Op, toSvg } from './path.ts'
import type { Path } from './path.ts'
import { fillGap, fillWeight } from './sketch.ts'
import type { RoughForm, RoughSet } from './sketch.ts'

const generator = roughjs.generator()

type Options = NonNullable<Parameters<typeof generator.path>[1]>

/** The rough pieces of a form, fill first. Very rough outlines have fills that keep inside them. */
export function roughSets(shape: Shape, form: RoughForm): RoughSet[] {
  if (shape.fill === 'none' || shape.roughness <= FILL_ROUGHNESS_MAX) return setsOf(shape, form)
  const fill = setsOf({ ...shape, stroke: 'none', roughness: FILL_ROUGHNESS_MAX }, form)
  return [...fill, ...setsOf({ ...shape, fill: 'none' }, form)]
}

const FILL_ROUGHNESS_MAX = 1

function setsOf(shape: Shape, form: RoughForm): RoughSet[] {
  const options = roughOptions(shape)
  const drawable =
    form.form === 'ellipse'
      ? generator.ellipse(shape.w / 2, shape.h / 2, shape.w, shape.h, options)
      : generator.path(toSvg(form.path), options)
  return drawable.sets.map(({ type, ops }) => ({ role: ROLES[type], path: fromOps(ops) }))
}

const ROLES = { path: 'outline', fillPath: 'fill', fillSketch: 'lines' } as const

function roughOptions(shape: Shape): Options {
  const hasFill = shape.fill !== 'none'
  return {
    seed: Math.max(1, Math.abs(Math.trunc(shape.seed)) % 2 ** 31),
    roughness: calmed(shape),
    strokeWidth: shape.strokeWidth,
    stroke: shape.stroke === 'none' ? 'none' : 'currentcolor',
    fillStyle: shape.fillStyle,
    fillWeight: fillWeight(shape),
    hachureGap: fillGap(shape),
    // Dashes drawn twice would fill each other's gaps.
    disableMultiStroke: shape.dash !== 'solid' || shape.roughness === 0,
    preserveVertices: shape.roughness < 2,
    ...(hasFill ? { fill: 'currentcolor' } : {}),
  }
}

/** Small shapes wobble less, or they would be past recognition. */
function calmed({ roughness, w, h, kind }: Shape): number {
  const size = Math.max(Math.abs(w), Math.abs(h))
  const isLinear = kind === 'line' || kind === 'arrow'
  if (size >= 60 || (isLinear && size >= 40)) return roughness
  return (roughness * size) / 60
}

function fromOps(ops: readonly { op: string; data: readonly number[] }[]): Path {
  const path: number[] = []
  for (const { op, data } of ops) {
    path.push(op === 'move' ? Op.move : op === 'lineTo' ? Op.line : Op.cubic, ...data)
  }
  return path
}
