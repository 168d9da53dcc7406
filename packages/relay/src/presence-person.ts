/** Who a presence state says somebody is: a name and colours, cut to what is safe to show beside a cursor. Pure. */
import { isObject } from './json-state.ts'

/** More than a colour needs in any of the forms taken. */
const COLOR_CHARS_MAX = 64

/** Keys of a person that end up in styles. */
const COLOR_KEYS: readonly string[] = ['color', 'colorLight']

/**
 * Characters a name must not have: controls and line separators, those that turn the direction of the text around them
 * (what stands beside the name would be read wrongly), and halves of characters.
 */
const UNSHOWABLE = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u
const SHOWABLE = /^[ -~]*$/
const ALL_UNSHOWABLE = new RegExp(UNSHOWABLE, 'gu')

/** Hex digits; a word, for which style sheets know a colour or nothing; or numbers in rgb() and hsl(). */
const HEX = /^#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i
const WORD = /^[a-z]{3,20}$/i
const NUMBERS = numbersPattern()

/** Whether nothing of it has to be cut. */
export function isPerson(value: unknown, nameCharsMax: number): boolean {
  if (typeof value === 'string') return isName(value, nameCharsMax)
  if (!isObject(value)) return !Array.isArray(value)
  const { name } = value
  if (name !== undefined && !isName(name, nameCharsMax)) return false
  for (const key of COLOR_KEYS) {
    if (value[key] !== undefined && !isColor(value[key])) return false
  }
  return true
}

/** The same with what must not be in it cut; undefined where nothing is left. Some apps say a name only. */
export function cutPerson(value: unknown, nameCharsMax: number): unknown {
  if (typeof value === 'string') return cutName(value, nameCharsMax)
  if (Array.isArray(value)) return undefined
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]): [string, unknown][] => {
      if (key === 'name')
        return typeof member === 'string' ? [[key, cutName(member, nameCharsMax)]] : []
      return COLOR_KEYS.includes(key) && !isColor(member) ? [] : [[key, member]]
    }),
  )
}

/** Of a person that is too large: name and colours, which are bounded. */
export function nameAndColors(value: unknown): unknown {
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).filter(([key]) => key === 'name' || COLOR_KEYS.includes(key)),
  )
}

function isName(value: unknown, charsMax: number): boolean {
  if (typeof value !== 'string' || value.length > charsMax) return false
  return SHOWABLE.test(value) || !UNSHOWABLE.test(value)
}

/** Cut first, so that half a character at the end goes with the other unshowable ones. */
function cutName(name: string, charsMax: number): string {
  return name.slice(0, charsMax).replaceAll(ALL_UNSHOWABLE, '')
}

function isColor(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > COLOR_CHARS_MAX) return false
  return HEX.test(value) || WORD.test(value) || NUMBERS.test(value)
}

function numbersPattern(): RegExp {
  const part = String.raw`[+-]?(?:\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})(?:%|deg)?`
  const next = String.raw`(?:\s{0,3}[,/]\s{0,3}|\s{1,3})`
  return new RegExp(
    String.raw`^(?:rgb|hsl)a?\(\s{0,3}${part}(?:${next}${part}){2,3}\s{0,3}\)$`,
    'i',
  )
}
