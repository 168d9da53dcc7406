/**
 * A document as bytes: one base and the updates stored since, its tail. Merging makes a new base; many who ask at once
 * share one merge. Never holds a Y.Doc.
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
  /** The state vector of `base`. */
  readonly baseStateVector: Uint8Array
  readonly tail: readonly Uint8Array[]
  /** The state vector of everything up to now. */
  stateVector(): Uint8Array
}

/** Positions count the updates appended, from 0 for what was there at the start. */
export class DocumentBytes {
  readonly #documents: DocumentFunctions
  readonly #stateVector: () => Uint8Array
  #base: Uint8Array | null
  #baseStateVector: Uint8Array
  #tail: Uint8Array[]
  #byteLength: number
  #position = 0
  /** The merge under way, and the one that follows for those who came too late for it. */
  #running: Promise<Merged> | null = null
  #runningPosition = 0
  #following: Promise<Merged> | null = null

  constructor(documents: DocumentFunctions, start: StartBytes) {
    this.#documents = documents
    this.#stateVector = () => start.stateVector()
    this.#base = start.base
    this.#baseStateVector = start.baseStateVector
    this.#tail = [...start.tail]
    this.#byteLength = sumOf(start.tail) + (start.base?.length ?? 0)
  }

  get position(): number {
    return this.#position
  }

  /** What a joiner can be sent as it is; the same bytes until a merge replaces them. */
  get base(): Uint8Array | null {
    return this.#base
  }

  /** What the base surely holds. */
  get baseStateVector(): Uint8Array {
    return this.#baseStateVector
  }

  /** Everything after the base, oldest first. */
  get tail(): readonly Uint8Array[] {
    return this.#tail
  }

  /** Bytes of base and tail together. */
  get byteLength(): number {
    return this.#byteLength
  }

  /** Adds an update and returns its position. */
  append(update: Uint8Array): number {
    this.#tail.push(update)
    this.#byteLength += update.length
    return ++this.#position
  }

  /** The updates after `position`, or null where they are in the base already or it is not reached. */
  after(position: number): readonly Uint8Array[] | null {
    const count = this.#position - position
    return count < 0 || count > this.#tail.length
      ? null
      : this.#tail.slice(this.#tail.length - count)
  }

  /**
   * Takes these bytes, which hold everything up to `position`, for the base. Left as it is while a merge is under way, or
   * where the bytes hold more than is known here.
   */
  adopt({ bytes, position }: Merged, stateVector: Uint8Array): void {
    const after = this.after(position)
    if (this.#running || !after) return
    this.#base = bytes
    this.#baseStateVector = stateVector
    this.#tail = [...after]
    this.#byteLength = bytes.length + sumOf(after)
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
    const stateVector = this.#stateVector()
    const [only] = parts
    const bytes = parts.length === 1 && only ? only : await this.#documents.merge(parts, 'document')
    this.#base = bytes
    this.#baseStateVector = stateVector
    this.#tail.splice(0, taken)
    this.#byteLength = bytes.length + sumOf(this.#tail)
    return { bytes, position }
  }
}

/** How many bytes these have together. */
export function sumOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.length, 0)
}
