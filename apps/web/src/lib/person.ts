/**
 * Who somebody is to the others: a name and a colour. Pure.
 *
 * What comes from other people is checked here before it reaches the page: a name is bounded plain
 * text, a colour is six hex digits and nothing else.
 */
import type { Random } from '@kolam/base'

export interface Person {
  readonly name: string
  readonly color: string
}

/** Long enough for a full name, short enough for a cursor. */
export const NAME_MAX = 32

/** Colours of people: each carries white text (4.5 : 1 or more). */
export const PERSON_COLORS: readonly string[] = [
  '#6246ea',
  '#1b6ec2',
  '#0b7a75',
  '#2f7d32',
  '#8a6100',
  '#b8480f',
  '#c2303c',
  '#b02a86',
]

const FIRST = ['Calm', 'Bright', 'Quick', 'Gentle', 'Bold', 'Merry', 'Clever', 'Sunny', 'Quiet']
const SECOND = [
  'Heron',
  'Peacock',
  'Lotus',
  'Mango',
  'Tamarind',
  'Otter',
  'Jasmine',
  'Kite',
  'Sparrow',
  'Banyan',
  'Gecko',
  'Cashew',
]

/** A friendly name and a colour for somebody who has not said who they are. */
export function randomPerson(random: Random): Person {
  return {
    name: `${pick(FIRST, random)} ${pick(SECOND, random)}`,
    color: pick(PERSON_COLORS, random),
  }
}

/** One line of at most `NAME_MAX` characters without controls; empty when nothing is left. */
export function cleanName(text: string): string {
  const line = text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').replaceAll(/\s+/g, ' ')
  return letters(line.trim()).slice(0, NAME_MAX).join('').trim()
}

/** True for `#rrggbb` only: anything else could carry more than a colour into a style. */
export function isColor(value: unknown): value is string {
  return typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value)
}

/** The person in untrusted data, or null. */
export function readPerson(value: unknown): Person | null {
  if (typeof value !== 'object' || value === null) return null
  const { name, color } = value as Record<string, unknown>
  if (typeof name !== 'string' || !isColor(color)) return null
  return { name: cleanName(name.slice(0, 10 * NAME_MAX)) || 'Somebody', color }
}

/** One or two letters that stand for a name. */
export function initials(name: string): string {
  const words = name.split(' ').filter((word) => word !== '')
  const [first = '', last = first] = [words[0], words.at(-1)]
  const both = words.length > 1 ? [first, last] : [first]
  return (
    both
      .map((word) => letters(word)[0])
      .join('')
      .toLocaleUpperCase('en') || '?'
  )
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** What people call letters: an emoji or an accented letter is one. */
function letters(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

function pick(list: readonly string[], random: Random): string {
  return list[Math.floor(random() * list.length)] ?? list[0] ?? ''
}
