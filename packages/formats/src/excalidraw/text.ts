/** Texts: free ones and the labels of other shapes. */
import type { FontName, NewShape, TextAlign, VerticalAlign } from '@kolam/board'
import type { Size } from '@kolam/geometry'
import { isFiniteNumber } from '../json.ts'
import { TEXT_MAX } from '../limits.ts'
import { readNumber, readWord, repair, type Element } from './element.ts'

/** The part of a shape that says what is written and how. */
export type Lettering = Pick<
  Required<NewShape>,
  'text' | 'font' | 'fontSize' | 'lineHeight' | 'textAlign' | 'verticalAlign'
>

interface Face {
  readonly font: FontName
  readonly lineHeight: number
}

const HAND: Face = { font: 'hand', lineHeight: 1.25 }

/** By the number a file has for them. */
const FACES: ReadonlyMap<unknown, Face> = new Map<number, Face>([
  [1, HAND],
  [2, { font: 'sans', lineHeight: 1.15 }],
  [3, { font: 'mono', lineHeight: 1.2 }],
  [5, HAND],
  [6, { font: 'sans', lineHeight: 1.25 }],
  [7, { font: 'sans', lineHeight: 1.15 }],
  [8, { font: 'mono', lineHeight: 1.25 }],
  [9, { font: 'sans', lineHeight: 1.15 }],
  [10, { font: 'sans', lineHeight: 1.25 }],
])

/** By the name that files from before the numbers have, as in "20px Virgil". */
const OLD_FACES: ReadonlyMap<string, number> = new Map([
  ['virgil', 1],
  ['helvetica', 2],
  ['cascadia', 3],
])
const OLD_FONT = /^\s*([\d.]+)px\s+["']?([a-z]+)/i

const SIZE_DEFAULT = 20
/** What a letter is wide, about, in font sizes. */
const LETTER_WIDTH = 0.6
const ALIGNS: readonly TextAlign[] = ['left', 'center', 'right']
const VERTICAL_ALIGNS: readonly VerticalAlign[] = ['top', 'middle', 'bottom']

/** What is written and how; `whole` is as typed, else with the line breaks it is shown with. */
export function readLettering(element: Element, whole: 'whole' | 'broken'): Lettering {
  const { raw } = element
  const old = oldFontOf(raw['font'])
  const face = FACES.get(raw['fontFamily'] ?? old?.family) ?? HAND
  const fontSize = readNumber(element, 'fontSize', {
    fallback: old?.size ?? SIZE_DEFAULT,
    min: 1,
    max: 10_000,
  })
  const text = readText(element, whole)
  return {
    text,
    font: face.font,
    fontSize,
    lineHeight: lineHeightOf(element, { face, fontSize, text }),
    textAlign: readWord(element, 'textAlign', { words: ALIGNS, fallback: 'left' }),
    verticalAlign: readWord(element, 'verticalAlign', { words: VERTICAL_ALIGNS, fallback: 'top' }),
  }
}

/** What is written, fit for a shared document. */
export function readText(element: Element, whole: 'whole' | 'broken'): string {
  const typed = stringOf(element.raw['originalText'])
  const shown = stringOf(element.raw['text'])
  const value = whole === 'whole' ? typed || shown : shown || typed
  const clean = value.replace(/\r\n?/g, '\n').replace(LONE_SURROGATE, '\uFFFD')
  return clean.length > TEXT_MAX ? repair(element, clean.slice(0, TEXT_MAX)) : clean
}

/** Whether the text wraps at its width instead of growing with what is typed. */
export function isWrapped({ raw }: Element): boolean {
  return raw['autoResize'] === false
}

/** About how large the text is, for a file that does not say. */
export function estimateSize({ text, fontSize, lineHeight }: Lettering): Size {
  const lines = text.split('\n')
  const letters = lines.reduce((most, line) => Math.max(most, line.length), 1)
  return { w: letters * fontSize * LETTER_WIDTH, h: lines.length * fontSize * lineHeight }
}

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function oldFontOf(font: unknown): { readonly size: number; readonly family: number } | null {
  const match = typeof font === 'string' ? OLD_FONT.exec(font) : null
  if (!match) return null
  const size = Number(match[1])
  const family = OLD_FACES.get(match[2]!.toLowerCase()) ?? 1
  return isFiniteNumber(size) && size > 0 ? { size, family } : null
}

/** As written; else what the height of the lines shows; else the font's own. */
function lineHeightOf(
  element: Element,
  { face, fontSize, text }: { face: Face; fontSize: number; text: string },
): number {
  const { lineHeight, height } = element.raw
  if (lineHeight !== undefined && lineHeight !== null) {
    return readNumber(element, 'lineHeight', { fallback: face.lineHeight, min: 0.5, max: 5 })
  }
  if (!isFiniteNumber(height) || element.raw['fontSize'] === undefined) return face.lineHeight
  const shown = height / text.split('\n').length / fontSize
  return shown >= 0.8 && shown <= 3 ? shown : face.lineHeight
}
