/** Props that turn shapes about a point of the page. Pure. */
import type { Shape, ShapeId, ShapeLookup, ShapePatch } from '@kolam/board'
import { rotate, type Vec } from '@kolam/geometry'
import {
  isLinear,
  pageBoxOf,
  pagePointsOf,
  parentTransform,
  placePoints,
  placeTurned,
} from './placing.ts'

/** `leaves` turned by `angle` about `centre`; lines are turned by their points. */
export function turnedPatches(
  lookup: ShapeLookup,
  leaves: readonly Shape[],
  { angle, centre }: { angle: number; centre: Vec },
): Map<ShapeId, ShapePatch> {
  return new Map(leaves.map((leaf) => [leaf.id, turned(lookup, leaf, { angle, centre })]))
}

function turned(
  lookup: ShapeLookup,
  shape: Shape,
  { angle, centre }: { angle: number; centre: Vec },
): ShapePatch {
  const parent = parentTransform(lookup, shape)
  if (isLinear(shape)) {
    const points = pagePointsOf(lookup, shape).map((point) => rotate(point, angle, centre))
    return placePoints(shape.at[0], parent, points)
  }
  const box = pageBoxOf(lookup, shape)
  const target = { centre: rotate(box.centre, angle, centre), angle: box.angle + angle }
  return placeTurned(shape, parent, target)
}
