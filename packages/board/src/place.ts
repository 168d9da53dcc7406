/** Where a shape must be in another parent to stay where it is on the page. Pure. */
import { angleOfMatrix, applyMatrix, invert, multiply, type Matrix } from '@kolam/geometry'
import type { ParentId, Place, Shape } from './shape.ts'

/** Place and angle of `shape`, now seen through `from`, in `parent`, seen through `to`. */
export function placeIn(
  shape: Shape,
  parent: { readonly id: ParentId; readonly from: Matrix; readonly to: Matrix },
): { at: Place; angle: number } {
  const change = multiply(invert(parent.to), parent.from)
  const { w, h, at } = shape
  const centre = applyMatrix(change, { x: at[1] + w / 2, y: at[2] + h / 2 })
  const turn = angleOfMatrix(change)
  const angle = Math.abs(turn) < 1e-12 ? shape.angle : shape.angle + turn
  return { at: [parent.id, centre.x - w / 2, centre.y - h / 2], angle }
}
