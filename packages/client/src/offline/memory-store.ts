/** A store that lasts as long as the page: for tests, and the plainest picture of what a store does. */

import { randomId } from '@kolam/base'
import { OfflineError } from './error.ts'
import type { KeptDocument, KeptUpdate, Mark, OfflineStore, Opened, Write } from './store.ts'

interface Copy {
  readonly life: string
  readonly updates: Map<number, Uint8Array>
  readonly marks: Map<string, Mark & { readonly turn: number }>
  about: string
  atMs: number
}

/** Many documents. */
export class MemoryStore implements OfflineStore {
  readonly #copies = new Map<string, Copy>()
  #lastKey = 0

  open(document: string): Promise<Opened> {
    const copy: Copy = this.#copies.get(document) ?? {
      life: randomId(),
      updates: new Map(),
      marks: new Map(),
      about: '',
      atMs: 0,
    }
    this.#copies.set(document, copy)
    const updates = Array.from(copy.updates, ([key, update]): KeptUpdate => ({ key, update }))
    return Promise.resolve({
      life: copy.life,
      updates,
      marks: Array.from(copy.marks.values(), ({ turn: _turn, ...mark }) => mark),
    })
  }

  write(step: Write): Promise<number | null> {
    const copy = this.#copies.get(step.document)
    if (copy?.life !== step.life) return Promise.reject(new OfflineError('wiped'))
    const { update, about = copy.about } = step
    for (const key of step.replaces) copy.updates.delete(key)
    for (const mark of step.settled) {
      if (copy.marks.get(mark.writer)?.version === mark.version) copy.marks.delete(mark.writer)
    }
    mark(copy, step)
    copy.about = about
    copy.atMs = step.atMs
    if (!update) return Promise.resolve(null)
    this.#lastKey += 1
    copy.updates.set(this.#lastKey, update.slice())
    return Promise.resolve(this.#lastKey)
  }

  wipe(document: string): Promise<void> {
    this.#copies.delete(document)
    return Promise.resolve()
  }

  wipeIfSaved(document: string): Promise<boolean> {
    const isSaved = (this.#copies.get(document)?.marks.size ?? 0) === 0
    if (isSaved) this.#copies.delete(document)
    return Promise.resolve(isSaved)
  }

  wipeAll(): Promise<void> {
    this.#copies.clear()
    return Promise.resolve()
  }

  list(): Promise<KeptDocument[]> {
    const kept = Array.from(this.#copies, ([document, { about, atMs, updates, marks }]) => ({
      document,
      about,
      atMs,
      bytes: Array.from(updates.values()).reduce((sum, { length }) => sum + length, 0),
      unsaved: Math.max(0, ...Array.from(marks.values(), ({ unsaved }) => unsaved.changes)),
    }))
    const some = kept.filter(({ bytes }) => bytes > 0)
    return Promise.resolve(some.sort((a, b) => b.atMs - a.atMs))
  }

  close(): void {}
}

function mark({ marks }: Copy, { writer, turn, unsaved }: Write): void {
  if ((marks.get(writer)?.turn ?? -1) > turn) return
  if (unsaved) marks.set(writer, { writer, turn, version: randomId(), unsaved })
  else marks.delete(writer)
}
