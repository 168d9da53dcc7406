/** Tells the type of an image by its first bytes. Never trusts a name or what a sender says. */

/** How much of a file is enough to tell. */
export const HEAD_BYTES = 4096

/** The media type of an image Kolam shows, or null for anything else. */
export function imageType(head: Uint8Array): string | null {
  const text = latin1(head.subarray(0, HEAD_BYTES))
  const known = SIGNATURES.find((signature) => signature.matches(text))
  return known?.type ?? null
}

interface Signature {
  readonly type: string
  matches(text: string): boolean
}

const SIGNATURES: readonly Signature[] = [
  { type: 'image/png', matches: (text) => text.startsWith('\x89PNG\r\n\x1a\n') },
  { type: 'image/jpeg', matches: (text) => text.startsWith('\xff\xd8\xff') },
  { type: 'image/gif', matches: (text) => text.startsWith('GIF87a') || text.startsWith('GIF89a') },
  {
    type: 'image/webp',
    matches: (text) => text.startsWith('RIFF') && text.startsWith('WEBP', 8),
  },
  { type: 'image/avif', matches: isAvif },
  { type: 'image/svg+xml', matches: isSvg },
]

/** An ISO media file whose brands name AVIF. */
function isAvif(text: string): boolean {
  if (!text.startsWith('ftyp', 4)) return false
  const boxBytes = [0, 1, 2, 3].reduce((sum, index) => sum * 256 + text.charCodeAt(index), 0)
  const brands = text.slice(8, Math.min(boxBytes, 256))
  return /^(?:.{4})*?avi[fs]/s.test(brands)
}

/** What may stand before the root element: `[from, to]`. Walked by hand, since a pattern could be made to hang. */
const PROLOGUE: readonly (readonly [string, string])[] = [
  ['<?', '?>'],
  ['<!--', '-->'],
]

function isSvg(text: string): boolean {
  let at = skipSpace(text, text.startsWith('\xef\xbb\xbf') ? 3 : 0)
  for (let next = skipOne(text, at); next !== at; next = skipOne(text, at)) at = next
  return /^<svg[\s/>]/.test(text.slice(at, at + 5))
}

/** The place after one declaration, comment or doctype and the space behind it; the same place if there is none. */
function skipOne(text: string, at: number): number {
  if (text.slice(at, at + 9).toLowerCase() === '<!doctype') return skipDoctype(text, at)
  const found = PROLOGUE.find(([from]) => text.startsWith(from, at))
  if (!found) return at
  const end = text.indexOf(found[1], at + found[0].length)
  return end < 0 ? at : skipSpace(text, end + found[1].length)
}

/** A doctype may carry declarations of its own in brackets, with `>` inside. */
function skipDoctype(text: string, at: number): number {
  const close = text.indexOf('>', at)
  const bracket = text.indexOf('[', at)
  const inside = bracket >= 0 && bracket < close
  const end = inside ? text.indexOf('>', Math.max(text.indexOf(']', bracket), at)) : close
  return end < 0 ? at : skipSpace(text, end + 1)
}

function skipSpace(text: string, at: number): number {
  let end = at
  while (end < text.length && /\s/.test(text[end]!)) end += 1
  return end
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
}
