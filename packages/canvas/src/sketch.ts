/** What is drawn by hand: which shapes ask for it, and what they get. */
import type { Shape } from '@kolam/board'
import type { Path } from './path.ts'

/** One piece of a rough drawing. */
export interface RoughSet {
  readonly role: 'outline' | 'fill' | 'lines'
  readonly path: Path
}

/** What is to be drawn; an ellipse filling the shape's box is drawn better as one. */
export interface RoughForm {
  readonly form: 'path' | 'ellipse'
  readonly path: Path
}

/** The rough pieces of a form, fill first. */
export type Sketch = (shape: Shape, form: RoughForm) => readonly RoughSet[]

/** For shapes that are known not to ask. */
export const noSketch: Sketch = () => []

/** No shape is filled with more lines than about this many across. */
const LINES_MAX = 300

/** Distance between fill lines. */
export function fillGap({ strokeWidth, w, h }: Shape): number {
  return Math.max(4, strokeWidth * 4, (Math.abs(w) + Math.abs(h)) / LINES_MAX)
}

/** Width of fill lines. */
export function fillWeight({ strokeWidth }: Shape): number {
  return Math.max(0.5, strokeWidth / 2)
}

/** Whether the shape is rough or its fill is drawn in lines. */
export function isSketched({ kind, roughness, fill, fillStyle }: Shape): boolean {
  if (kind === 'draw' || kind === 'text' || kind === 'image') return false
  return roughness > 0 || (fill !== 'none' && fillStyle !== 'solid')
}
