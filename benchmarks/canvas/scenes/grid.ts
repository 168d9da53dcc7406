/** Where cells of a board lie. */
import { MIXED, VIEW } from '../config.ts'

/** Columns of a board that is as wide to its height as the view is. */
export function columnsOf(count: number): number {
  const { w, h } = MIXED.cell
  return Math.max(1, Math.ceil(Math.sqrt((count * VIEW.w * h) / (VIEW.h * w))))
}
