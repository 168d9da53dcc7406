/**
 * What people were told of one document: what one of them received of another, and what was called saved. Nothing of it
 * may be missing when the server comes back. What is missing is counted once; from then on it is forgotten.
 */
import * as Y from 'yjs'
import { tagsIn, tagsOn } from './edit.ts'

/** An edit in the hands of who made it. */
export interface OwnEdit {
  readonly tag: string
  readonly update: Uint8Array
}

/** What came of it at one restart. */
export interface Finding {
  /** How many edits somebody else had seen, since the restart before. */
  readonly seen: number
  /** How many were called saved. */
  readonly saved: number
  /** Seen by somebody else, or found at an earlier restart. */
  readonly lostSeen: readonly string[]
  readonly lostSaved: readonly string[]
  /** Whether everything told is there, to the last deletion, and stands on what is there. */
  readonly isWhole: boolean
}

/** Whether anything is not as people were told. */
export function isFault({ lostSeen, lostSaved, isWhole }: Finding): boolean {
  return lostSeen.length + lostSaved.length > 0 || !isWhole
}

export class Witness {
  readonly id: string
  #told = new Y.Doc()
  /** Found at the last restart. */
  #known: ReadonlySet<string> = new Set()
  readonly #seen = new Set<string>()
  readonly #saved = new Set<string>()
  /** What the document lacked before: that this is missing was counted then. */
  #isTorn = false

  constructor(id: string) {
    this.id = id
  }

  /** Somebody received this, and did not write it. */
  saw(update: Uint8Array): void {
    const fresh = tagsIn(update).filter((tag) => !this.#known.has(tag) && !this.#seen.has(tag))
    if (fresh.length === 0) return
    for (const tag of fresh) this.#seen.add(tag)
    Y.applyUpdate(this.#told, update)
  }

  /** Who wrote it was told that it is saved. */
  heardSaved({ tag, update }: OwnEdit): void {
    this.#saved.add(tag)
    Y.applyUpdate(this.#told, update)
  }

  /** Whether nothing is missing from a copy. */
  isIn(doc: Y.Doc): boolean {
    const told = Y.encodeStateAsUpdate(this.#told)
    const isTorn = doc.store.pendingStructs !== null
    return Y.snapshotContainsUpdate(Y.snapshot(doc), told) && (!isTorn || this.#isTorn)
  }

  /** Compares with what a restarted server has, and begins again from there. */
  look(doc: Y.Doc): Finding {
    const tags = tagsOn(doc)
    const lost = (told: Iterable<string>): string[] => [...told].filter((tag) => !tags.has(tag))
    const finding = {
      seen: this.#seen.size,
      saved: this.#saved.size,
      lostSeen: [...lost(this.#known), ...lost(this.#seen)],
      lostSaved: lost(this.#saved),
      isWhole: this.isIn(doc),
    }
    this.#beginFrom(doc, tags)
    return finding
  }

  #beginFrom(doc: Y.Doc, tags: ReadonlySet<string>): void {
    this.#known = tags
    this.#seen.clear()
    this.#saved.clear()
    this.#isTorn = doc.store.pendingStructs !== null
    this.#told = new Y.Doc()
    Y.applyUpdate(this.#told, Y.encodeStateAsUpdate(doc))
    // What builds on the lost is carried along, and never comes true.
    this.#told.store.pendingStructs = null
    this.#told.store.pendingDs = null
  }
}
