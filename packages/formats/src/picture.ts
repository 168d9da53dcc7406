/**
 * Pictures that travel inside a file as data URLs.
 *
 * The type is what the bytes show; what the file claims is not believed. Only types that a board can
 * show are accepted.
 */
import { utf8Encode } from '@kolam/base'
import { decodeBase64 } from './base64.ts'
import { ASSET_BYTES_MAX } from './limits.ts'

/** A picture's bytes and media type, or why there is none, in words for the summary. */
export type PictureResult =
  | { readonly ok: true; readonly type: string; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: string }

/** The picture in a data URL. */
export function readPicture(dataUrl: unknown): PictureResult {
  if (typeof dataUrl !== 'string') return { ok: false, reason: 'picture missing from the file' }
  if (bytesAtLeast(dataUrl) > ASSET_BYTES_MAX) return TOO_LARGE
  const bytes = readDataUrl(dataUrl)
  if (bytes === null) return { ok: false, reason: 'damaged picture' }
  if (bytes.length > ASSET_BYTES_MAX) return TOO_LARGE
  const type = pictureType(bytes)
  if (type === null) return { ok: false, reason: 'picture of an unknown type' }
  return { ok: true, type, bytes }
}

const TOO_LARGE: PictureResult = {
  ok: false,
  reason: `picture over ${ASSET_BYTES_MAX / 1024 / 1024} MiB`,
}

/** The media type that `bytes` begin like, among those a board can show; null for any other. */
export function pictureType(bytes: Uint8Array): string | null {
  const head = latin1(bytes, 4096)
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (/^GIF8[79]a/.test(head)) return 'image/gif'
  if (head.startsWith('RIFF') && head.startsWith('WEBP', 8)) return 'image/webp'
  if (/^[^]{4}ftypavi[fs]/.test(head)) return 'image/avif'
  return isSvg(head) ? 'image/svg+xml' : null
}

/** Whether text begins like an SVG, after a byte order mark, a declaration, comments and a document type. */
function isSvg(head: string): boolean {
  let rest = head.replace(/^\xef\xbb\xbf/, '').trimStart()
  // Piece by piece: one pattern for any number of comments would try their every combination.
  for (;;) {
    const close = rest.startsWith('<!--') ? '-->' : /^<[?!]/.test(rest) ? '>' : null
    if (close === null) return /^<svg[\s>]/i.test(rest)
    const end = rest.indexOf(close)
    if (end < 0) return false
    rest = rest.slice(end + close.length).trimStart()
  }
}

function latin1(bytes: Uint8Array, count: number): string {
  return String.fromCharCode(...bytes.subarray(0, count))
}

/** How many bytes base64 is, known before any work is done; of anything else nothing is known. */
function bytesAtLeast(dataUrl: string): number {
  return isBase64(dataUrl) ? Math.floor((dataUrl.length - dataUrl.indexOf(',')) * 0.75) - 3 : 0
}

function isBase64(dataUrl: string): boolean {
  return /^data:[^,]{0,200};\s*base64\s*,/i.test(dataUrl)
}

function readDataUrl(dataUrl: string): Uint8Array | null {
  const comma = dataUrl.indexOf(',')
  if (comma < 0 || !/^data:/i.test(dataUrl)) return null
  const body = dataUrl.slice(comma + 1)
  if (isBase64(dataUrl)) return decodeBase64(body)
  return utf8Encode(unescaped(body))
}

/** Escapes undone; a text with stray percent signs is taken as it is. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
