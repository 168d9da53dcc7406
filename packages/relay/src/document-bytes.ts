/**
 * A document as bytes: one base and the updates stored since. Merging makes a new base; many who ask at once share
 * one merge. Never holds a Y.Doc.
 */
import { type DocumentFunctions, EMPTY_UPDATE } from './documents.ts'

/** All of a document up to and including the update at `position`. */
export interface Merged {
  readonly bytes: Uint8Array
  readonly position: number
}

/** What a document starts from. */
export interface StartBytes {
  readonly base: Uint8Array | null
  readonly tail: readonly Uint8Array[]
}

/** Positions count the updates appended, from 0 for what was there at the start. */
export class DocumentBytes {
  readonly #documents: DocumentFunctions
  #base: Uint8Array | null
  #tail: Uint8Array[]
  #position = 0
  /** The merge under way, and the one that follows for those who came too late for it. */
  #running: Promise<Merged> | null = null
  #runningPosition = 0
  #following: Promise<Merged> | null = null

  constructor(documents: DocumentFunctions, start: StartBytes) {
    this.#documents = documents
    this.#base = start.base
    this.#tail = [...start.tail]
  }

  get position(): number {
    return this.#position
  }

  /** Adds an update and returns its position. */
  append(update: Uint8Array): number {
    this.#tail.push(update)
    return ++this.#position
  }

  /** The whole document, at least up to the position of this call. Rejects where merging does. */
  merged(): Promise<Merged> {
    if (!this.#running) return this.#run()
    if (this.#runningPosition === this.#position) return this.#running
    this.#following ??= this.#running.then(
      () => this.#follow(),
      () => this.#follow(),
    )
    return this.#following
  }

  #follow(): Promise<Merged> {
    this.#following = null
    return this.merged()
  }

  #run(): Promise<Merged> {
    const position = this.#position
    if (this.#tail.length === 0) {
      return Promise.resolve({ bytes: this.#base ?? EMPTY_UPDATE, position })
    }
    this.#runningPosition = position
    this.#running = this.#merge(position).finally(() => {
      this.#running = null
    })
    return this.#running
  }

  async #merge(position: number): Promise<Merged> {
    const parts = this.#base ? [this.#base, ...this.#tail] : [...this.#tail]
    const taken = this.#tail.length
    const [only] = parts
    const bytes = parts.length === 1 && only ? only : await this.#documents.merge(parts)
    this.#base = bytes
    this.#tail.splice(0, taken)
    return { bytes, position }
  }
}
