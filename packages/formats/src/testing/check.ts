/** What must hold of every import, however odd its file. */
import { FIRST_PAGE, type NewShape } from '@kolam/board'
import type { ImportedScene } from '../imported-scene.ts'

/** What is wrong with a scene, one line for each; none when it is fit to insert. */
export function faultsOf({ shapes, bounds, assets }: ImportedScene): string[] {
  const known = new Set<string>([FIRST_PAGE])
  const all = new Set(shapes.map(({ id }) => id))
  const keys = new Set(['', ...assets.map(({ key }) => key)])
  const faults = all.size < shapes.length ? ['an id is used twice'] : []
  for (const [i, shape] of shapes.entries()) {
    const say = (fault: string) => faults.push(`shape ${i} (${shape.kind}): ${fault}`)
    if (!known.has(shape.at?.[0] ?? '')) say('its parent does not come before it')
    known.add(shape.id ?? '')
    for (const end of [shape.start, shape.end]) {
      if (end && (end.id === shape.id || !all.has(end.id))) say('it is held by no shape')
    }
    if (!keys.has(shape.asset ?? '')) say('its picture is unknown')
    faultsOfProps(shape).forEach(say)
  }
  return [...faults, ...faultsOfValue(bounds, 'bounds')]
}

function faultsOfProps(shape: NewShape): string[] {
  const { foreign: _, ...props } = shape
  const faults = Object.entries(props).flatMap(([key, value]) => faultsOfValue(value, key))
  if ((shape.w ?? 0) < 0 || (shape.h ?? 0) < 0) faults.push('its size is negative')
  if ((shape.opacity ?? 1) < 0 || (shape.opacity ?? 1) > 1)
    faults.push('its opacity is not a share')
  for (const color of [shape.stroke, shape.fill, shape.textColor]) {
    if (color !== undefined && !/^(?:|#[\da-f]{3,8}|[\w(),.%\s/+-]+)$/i.test(color)) {
      faults.push(`${color} is no colour`)
    }
  }
  return faults
}

function faultsOfValue(value: unknown, path: string): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path} is ${value}`]
  if (value === undefined) return [`${path} is undefined`]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]) => faultsOfValue(one, `${path}.${key}`))
}
