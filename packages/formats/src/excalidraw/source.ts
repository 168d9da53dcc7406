/** Opening a file: what it is, and its lists of elements. Never throws. */
import { isJson, listOf, type Json } from '../json.ts'
import { ELEMENTS_MAX, FILE_BYTES_MAX } from '../limits.ts'

/** A drawing has one list of elements, a library one for each item. */
export interface Source {
  readonly lists: readonly (readonly unknown[])[]
  readonly files: unknown
  readonly background: unknown
}

export type RefusalCode = 'too-large' | 'not-json' | 'not-excalidraw' | 'empty'

/** Why a file was not read; `message` is one sentence for the person who chose it. */
export interface Refusal {
  readonly ok: false
  readonly code: RefusalCode
  readonly message: string
}

/** The lists of elements in the text of a file. */
export function openSource(text: string): { ok: true; source: Source } | Refusal {
  if (text.length > FILE_BYTES_MAX) {
    const limit = FILE_BYTES_MAX / 1024 / 1024
    return refuse(
      'too-large',
      `This file is too large: Kolam reads drawings of up to ${limit} MiB.`,
    )
  }
  if (text.trim() === '') return refuse('empty', 'This file is empty.')
  const parsed = parse(text)
  if (parsed === undefined) return refuse('not-json', notJsonMessage(text))
  const source = isJson(parsed) ? sourceOf(parsed) : null
  if (!source) return refuse('not-excalidraw', notExcalidrawMessage(parsed))
  const count = source.lists.reduce((sum, list) => sum + list.length, 0)
  return count > ELEMENTS_MAX ? tooMany(count) : { ok: true, source }
}

/** A refusal with its sentence. */
export function refuse(code: RefusalCode, message: string): Refusal {
  return { ok: false, code, message }
}

function parse(text: string): unknown {
  try {
    // A byte order mark is no white space to JSON.
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown
  } catch {
    return undefined
  }
}

function sourceOf(file: Json): Source | null {
  const { type, elements, library, libraryItems, files, appState } = file
  if (typeof type === 'string' && !type.startsWith('excalidraw')) return null
  const background = isJson(appState) ? appState['viewBackgroundColor'] : null
  if (Array.isArray(elements)) return { lists: [elements], files, background }
  if (Array.isArray(libraryItems)) return { lists: libraryItems.map(itemOf), files, background }
  if (Array.isArray(library)) return { lists: library.map(itemOf), files, background }
  return null
}

function itemOf(item: unknown): readonly unknown[] {
  return Array.isArray(item) ? item : listOf(isJson(item) ? item['elements'] : null)
}

function tooMany(count: number): Refusal {
  const [found, limit] = [count, ELEMENTS_MAX].map((n) => n.toLocaleString('en-US'))
  return refuse(
    'too-large',
    `This drawing has ${found} elements, and Kolam reads up to ${limit} at once.`,
  )
}

function notJsonMessage(text: string): string {
  const head = text
    .slice(0, 1000)
    .trimStart()
    .replace(/^\uFEFF/, '')
  if (/^.?PNG|^<\?xml|^<svg|^<!--|^<!DOCTYPE svg|^\S{0,4}JFIF|^GIF8|^RIFF/i.test(head)) {
    return 'This is a picture; open the .excalidraw file that it was made from instead.'
  }
  if (/^[{[]/.test(head)) {
    return 'This file is damaged or cut off; try to save it again where it came from.'
  }
  return 'This is not an Excalidraw drawing; choose a file that ends in .excalidraw.'
}

function notExcalidrawMessage(parsed: unknown): string {
  if (isJson(parsed) && 'tldrawFileFormatVersion' in parsed) {
    return 'This is a tldraw file, and Kolam cannot read those yet.'
  }
  return 'This file has no Excalidraw drawing in it.'
}
