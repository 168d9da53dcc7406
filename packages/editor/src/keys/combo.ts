/**
 * From a pressed key to the names a command may know it by, best first.
 *
 * Letters come from what the key types, else from where it is, so that they work on every layout and
 * with CapsLock; digits come from where the key is; symbols from what it types, with shift or without.
 */
import type { KeyInput } from '../types.ts'

/** Symbols by the place of their key, for layouts and modifiers that type something else there. */
const PLACES: Readonly<Record<string, string>> = {
  BracketLeft: '[',
  BracketRight: ']',
  Minus: '-',
  Equal: '=',
  Comma: ',',
  Period: '.',
  Slash: '/',
  Quote: "'",
}

/** Names like `mod+shift+z` that this key press answers to. */
export function combosOf(event: KeyInput): string[] {
  const typed = event.key.toLowerCase()
  const placed = placeOf(event.code)
  const names: string[] = []
  if (/^[a-z]$/.test(typed) || typed.length > 1) names.push(combo(event, typed))
  else if (/^[0-9]$/.test(placed)) names.push(combo(event, placed))
  else if (typed.length === 1) {
    names.push(combo(event, typed), combo({ ...event, shift: false }, typed))
    if (placed) names.push(combo(event, placed))
  }
  return names
}

function placeOf(code: string): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  if (letter) return letter.toLowerCase()
  return /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1] ?? PLACES[code] ?? ''
}

function combo({ mod, alt, shift }: Pick<KeyInput, 'mod' | 'alt' | 'shift'>, name: string): string {
  return `${mod ? 'mod+' : ''}${alt ? 'alt+' : ''}${shift ? 'shift+' : ''}${name}`
}

/** A combination as people read it: `Mod+Shift+Z`. */
export function shownCombo(combination: string): string {
  const parts = combination.split('+')
  const named = combination.endsWith('++') ? [...parts.slice(0, -2), '+'] : parts
  return named.map((part) => NAMES[part] ?? part.charAt(0).toUpperCase() + part.slice(1)).join('+')
}

const NAMES: Readonly<Record<string, string>> = {
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  escape: 'Esc',
}
