/** Which shapes a pointer means: candidates of the spatial index, judged exactly, topmost first. */
import {
  boxBetween,
  boxContains,
  boxContainsPoint,
  applyMatrix,
  expandBox,
  invert,
  type Box,
  type Vec,
} from '@kolam/geometry'
import { shapeBox } from './box-polygon.ts'
import { FRAME_NAME_MARGINS, hitBox, hitPoint, hitSegment } from './hit.ts'
import type { SceneIndex } from './scene-index.ts'
import type { Shape, ShapeId } from './shape.ts'

/** How a point is judged. */
export interface ShapeAtOptions {
  /** How near a miss may be, in page units; usually 8 pixels over the zoom. */
  readonly margin: number
  /** Shapes it refuses are seen through. */
  readonly filter?: (shape: Shape) => boolean
  /** Take the empty inside of hollow shapes too; then the smallest of what is met wins. */
  readonly inside?: boolean
}

/** How a box takes shapes: wholly inside it, or touched by it. */
export interface ShapesInOptions {
  readonly mode: 'contain' | 'intersect'
}

/** The topmost shape at `point`; groups never, their contents instead. */
export function findAt(scene: SceneIndex, point: Vec, options: ShapeAtOptions): Shape | undefined {
  const { margin, filter = () => true, inside = false } = options
  const box = { ...point, w: 0, h: 0 }
  const met: Shape[] = []
  for (const shape of topmostFirst(scene, expandBox(box, margin * FRAME_NAME_MARGINS))) {
    if (!filter(shape) || !shownAt(scene, shape, point)) continue
    const hit = hitPoint(shape, scene, { point, margin })
    if (hit === 'none' || (hit === 'hollow' && !inside)) continue
    met.push(shape)
    if (hit === 'solid') break
  }
  return smallest(met)
}

/** The shapes a marquee takes, lowest first; groups never, their contents instead. */
export function findIn(scene: SceneIndex, box: Box, { mode }: ShapesInOptions): ShapeId[] {
  const shapes = topmostFirst(scene, box).reverse()
  const taken = shapes.filter((shape) => {
    const contained = boxContains(box, scene.pageBounds(shape.id))
    return contained || (mode === 'intersect' && hitBox(shape, scene, box))
  })
  return taken.map(({ id }) => id)
}

/** The shapes that the segment a–b comes within `margin` of. */
export function findAlong(
  scene: SceneIndex,
  segment: { readonly a: Vec; readonly b: Vec; readonly margin: number },
): ShapeId[] {
  const { a, b, margin } = segment
  const near = topmostFirst(scene, expandBox(boxBetween(a, b), margin + STROKE_REACH))
  return near.filter((shape) => hitSegment(shape, scene, segment)).map(({ id }) => id)
}

/** Bounds are without stroke width; thicker strokes than twice this are met a little late. */
const STROKE_REACH = 16

function topmostFirst(scene: SceneIndex, box: Box): Shape[] {
  const found: Shape[] = []
  for (const id of scene.search(expandBox(box, STROKE_REACH))) {
    const shape = scene.shape(id)
    if (shape && shape.kind !== 'group') found.push(shape)
  }
  return found.sort((a, b) => scene.comparePaint(b.id, a.id))
}

/** Whether no frame around the shape clips it away at `point`. */
function shownAt(scene: SceneIndex, shape: Shape, point: Vec): boolean {
  for (const id of scene.tree.ancestors(shape.id)) {
    const frame = scene.shape(id)
    if (frame?.kind !== 'frame') continue
    const at = applyMatrix(invert(scene.pageTransform(id)), point)
    if (!boxContainsPoint(shapeBox(frame), at)) return false
  }
  return true
}

/** The one with the smallest area; the topmost of equals. */
function smallest(shapes: readonly Shape[]): Shape | undefined {
  let best = shapes[0]
  for (const shape of shapes) if (best && shape.w * shape.h < best.w * best.h) best = shape
  return best
}
