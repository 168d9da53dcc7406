/**
 * What a page wrote in the moment it went. IndexedDB answers later, and a page that is gone takes with it what has not begun
 * there; the browser's small storage takes it at once. Whoever opens the document next puts it where it belongs.
 */

import { fromBase64, toBase64 } from 'lib0/buffer'
import type { Write } from '../offline/store.ts'

const PREFIX = 'kolam:last:'

/** More is left to IndexedDB: the small storage holds a few megabytes for everything. */
const CHARS_MAX = 512 * 1024

/** The last step of one page. */
export interface LastStep extends Pick<
  Write,
  'life' | 'writer' | 'turn' | 'update' | 'unsaved' | 'atMs'
> {
  /** As it lies there: what tells it from a later one of the same page. */
  readonly text: string
}

/** Keeps a step. Where the browser does not let it, or it is too large, nothing is kept. */
export function keepLast({ document, life, writer, turn, update, unsaved, atMs }: Write): void {
  const starts = unsaved ? [...unsaved.starts] : []
  const row = {
    life,
    turn,
    atMs,
    update: update && toBase64(update),
    unsaved: unsaved && { ...unsaved, starts },
  }
  const text = JSON.stringify(row)
  if (text.length > CHARS_MAX) return
  attempt(() => localStorage.setItem(keyOf(document, writer), text))
}

/** The steps that are kept of a document; what cannot be read is none. */
export function lastOf(document: string): LastStep[] {
  const begin = keyOf(document, '')
  return keys()
    .filter((key) => key.startsWith(begin))
    .flatMap((key) => stepIn(key.slice(begin.length), textAt(key)))
}

/** The step that is kept of one page, as it lies there; null when there is none. */
export function lastText(document: string, writer: string): string | null {
  return textAt(keyOf(document, writer))
}

/** That step of one page is where it belongs; one that was kept later stays. */
export function forgetLast(document: string, writer: string, text: string | null): void {
  if (text === null || lastText(document, writer) !== text) return
  attempt(() => localStorage.removeItem(keyOf(document, writer)))
}

/** Nobody wants the steps of a document, or of any. */
export function forgetAllLast(document?: string): void {
  const begin = document === undefined ? PREFIX : keyOf(document, '')
  for (const key of keys()) if (key.startsWith(begin)) attempt(() => localStorage.removeItem(key))
}

function textAt(key: string): string | null {
  return attempt(() => localStorage.getItem(key)) ?? null
}

function stepIn(writer: string, text: string | null): LastStep[] {
  if (text === null) return []
  const step = attempt(() => {
    const { life, turn, atMs, update, unsaved } = JSON.parse(text) as Kept
    return {
      writer,
      text,
      life,
      turn,
      atMs,
      update: update === null ? null : fromBase64(update),
      unsaved: unsaved && { ...unsaved, starts: new Map(unsaved.starts) },
    }
  })
  return step ? [step] : []
}

/** A step as it lies there. */
interface Kept {
  readonly life: string
  readonly turn: number
  readonly atMs: number
  readonly update: string | null
  readonly unsaved: {
    readonly changes: number
    readonly sinceMs: number
    readonly starts: readonly (readonly [number, number])[]
  } | null
}

/** Neither a document nor a writer has a slash in its name. */
function keyOf(document: string, writer: string): string {
  return `${PREFIX}${document}/${writer}`
}

function keys(): string[] {
  return attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) ?? []
}

/** Storage that is forbidden or full throws whatever is asked of it. */
function attempt<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch {
    return undefined
  }
}
