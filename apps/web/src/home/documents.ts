/** Boards of a list as values, and the words for them. Apart from how they are read: every board needs the words. */

/** A board that can be opened. Times are in milliseconds since the epoch. */
export interface DocumentInfo {
  readonly id: string
  readonly title: string
  readonly shapes: number
  readonly updatedAt: number
}

/** A board in the trash. */
export interface TrashedBoard extends DocumentInfo {
  readonly trashedAt: number
}

/** What a board without a title is called. */
export const UNTITLED = 'Untitled board'

/** `1 shape`, `12 shapes`. */
export function shapesText(count: number): string {
  return count === 1 ? '1 shape' : `${count.toLocaleString('en')} shapes`
}
