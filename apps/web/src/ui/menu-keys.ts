/** Which item of a list the keyboard goes to. Pure; for menus and for rows of buttons. */

export interface MenuKey {
  readonly key: string
  /** Index of the item that has the focus, or -1. */
  readonly at: number
  readonly names: readonly string[]
}

/** Index of the next item, or null when the key is not about moving. Goes round at both ends. */
export function nextItem({ key, at, names }: MenuKey): number | null {
  const count = names.length
  if (count === 0) return null
  if (key === 'ArrowDown' || key === 'ArrowRight') return (at + 1) % count
  if (key === 'ArrowUp' || key === 'ArrowLeft') return (Math.max(at, 0) - 1 + count) % count
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  return key.length === 1 && key !== ' ' ? startingWith(key, at, names) : null
}

function startingWith(letter: string, at: number, names: readonly string[]): number | null {
  const wanted = letter.toLowerCase()
  for (let step = 1; step <= names.length; step++) {
    const i = (at + step + names.length) % names.length
    if (names[i]?.trim().toLowerCase().startsWith(wanted)) return i
  }
  return null
}
