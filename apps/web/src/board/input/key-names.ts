/** How keys are called on this person's keyboard. */

const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent)

/** The command key: ⌘ on Apple's keyboards, Ctrl elsewhere. */
export const MOD = isApple ? '⌘' : 'Ctrl'

/** Opens the history; without Shift an Apple would hide the other windows. */
export const HISTORY_KEYS: readonly string[] = isApple ? ['⇧', '⌥', '⌘', 'H'] : ['Ctrl', 'Alt', 'H']

const NAMES: Readonly<Record<string, string>> = {
  mod: MOD,
  shift: '⇧',
  alt: isApple ? '⌥' : 'Alt',
  escape: 'Esc',
  backspace: '⌫',
  delete: 'Del',
  enter: '↵',
  space: 'Space',
  ' ': 'Space',
  arrowup: '↑',
  arrowdown: '↓',
  arrowleft: '←',
  arrowright: '→',
}

/** `mod+shift+z` as the keys to show, one string per key. */
export function keyNames(combination: string): string[] {
  return combination
    .split(/\+(?=.)/)
    .map((key) => NAMES[key.toLowerCase()] ?? (key.length === 1 ? key.toUpperCase() : key))
}
