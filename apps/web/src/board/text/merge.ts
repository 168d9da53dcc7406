/**
 * Typing into a text that others type into at the same time. Pure.
 *
 * A field holds what its person last saw; the document may have moved on. Changes are single splices
 * (what one input event makes), so a common beginning and a common end are enough to find them.
 */

export interface Splice {
  readonly at: number
  readonly removed: number
  readonly inserted: string
}

/** The one splice that makes `after` of `before`. */
export function spliceBetween(before: string, after: string): Splice {
  const shorter = Math.min(before.length, after.length)
  let at = 0
  while (at < shorter && before[at] === after[at]) at++
  let tail = 0
  while (tail < shorter - at && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  return { at, removed: before.length - at - tail, inserted: after.slice(at, after.length - tail) }
}

/** Where a caret of `before` stands in `after`: it stays between the same letters. */
export function moveCaret(caret: number, before: string, after: string): number {
  const { at, removed, inserted } = spliceBetween(before, after)
  if (caret <= at) return caret
  if (caret >= at + removed) return caret - removed + inserted.length
  return at + inserted.length
}

/** `theirs` with the change from `base` to `mine` made in it as well. */
export function rebaseText(base: string, mine: string, theirs: string): string {
  if (base === theirs) return mine
  const { at, removed, inserted } = spliceBetween(base, mine)
  const from = moveCaret(at, base, theirs)
  const to = Math.max(from, moveCaret(at + removed, base, theirs))
  return theirs.slice(0, from) + inserted + theirs.slice(to)
}
