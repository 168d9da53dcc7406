/** Puts a `Path` on a canvas context; keeps browser path objects, which are much faster to redraw. */
import { Op, walkPath } from './path.ts'
import type { Path } from './path.ts'

const kept = new WeakMap<Path, Path2D>()

/** Strokes the path with the context's current stroke style. */
export function strokePath(context: CanvasRenderingContext2D, path: Path): void {
  const object = pathObject(path)
  if (object) return context.stroke(object)
  context.beginPath()
  tracePath(context, path)
  context.stroke()
}

/** Fills the path with the context's current fill style. */
export function fillPath(context: CanvasRenderingContext2D, path: Path): void {
  const object = pathObject(path)
  if (object) return context.fill(object)
  context.beginPath()
  tracePath(context, path)
  context.fill()
}

/** Adds the path to the current path of a context or a path object. */
export function tracePath(target: CanvasPath, path: Path): void {
  const n = (i: number): number => path[i] ?? 0
  walkPath(path, (op, i) => {
    if (op === Op.move) target.moveTo(n(i), n(i + 1))
    else if (op === Op.line) target.lineTo(n(i), n(i + 1))
    else if (op === Op.quad) target.quadraticCurveTo(n(i), n(i + 1), n(i + 2), n(i + 3))
    else if (op === Op.close) target.closePath()
    else target.bezierCurveTo(n(i), n(i + 1), n(i + 2), n(i + 3), n(i + 4), n(i + 5))
  })
}

function pathObject(path: Path): Path2D | null {
  if (typeof Path2D === 'undefined') return null
  const known = kept.get(path)
  if (known) return known
  const object = new Path2D()
  tracePath(object, path)
  kept.set(path, object)
  return object
}
