/**
 * Cuts text into lines. Pure: how wide a piece of text is comes in as a function.
 *
 * Lines break at newlines, after spaces, and on both sides of a CJK character; a word wider than
 * the line breaks between characters. Spaces at the end of a line hang and never cause a break.
 */

/** Width of a piece of text, in the unit of the wrap width. */
export type WidthOf = (text: string) => number

const CJK =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\u3000-\\u303f\\uff00-\\uff60'
/** Punctuation that must not begin a line. */
const CLOSING = '、。，．！？：；）」』】》〉…ー々'
const TOKENS = new RegExp(`[${CJK}][${CLOSING}]*\\s*|[^\\s${CJK}]+\\s*|\\s+`, 'gu')

/** Lines of `text`, none wider than `wrapAt` unless a single character is; null breaks at newlines only. */
export function wrapText(text: string, wrapAt: number | null, widthOf: WidthOf): string[] {
  const paragraphs = text.replaceAll('\r\n', '\n').split('\n')
  if (wrapAt === null) return paragraphs
  return paragraphs.flatMap((paragraph) => wrapParagraph(paragraph, wrapAt, widthOf))
}

function wrapParagraph(paragraph: string, wrapAt: number, widthOf: WidthOf): string[] {
  if (widthOf(paragraph.trimEnd()) <= wrapAt) return [paragraph]
  const lines: string[] = []
  let line = ''
  for (const token of paragraph.match(TOKENS) ?? []) {
    if (line === '' || widthOf((line + token).trimEnd()) <= wrapAt) line += token
    else {
      lines.push(line.trimEnd())
      line = token
    }
    if (widthOf(line.trimEnd()) > wrapAt) {
      const pieces = breakWord(line, wrapAt, widthOf)
      line = pieces.pop() ?? ''
      lines.push(...pieces)
    }
  }
  lines.push(line)
  return lines
}

/** A word cut into pieces that fit, each at least one character long. */
function breakWord(word: string, wrapAt: number, widthOf: WidthOf): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const character of characters(word)) {
    if (piece !== '' && widthOf((piece + character).trimEnd()) > wrapAt) {
      pieces.push(piece)
      piece = ''
    }
    piece += character
  }
  pieces.push(piece)
  return pieces
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

function* characters(text: string): Iterable<string> {
  for (const { segment } of segmenter.segment(text)) yield segment
}
