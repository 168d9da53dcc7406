/**
 * What somebody lacks of a room's document, ready to be sent: a part of the base and a part of the tail, so that
 * nobody waits for the two to be merged. Who asks the same shares one answer, and all who lack the base, or have it,
 * share that part also while the document grows.
 */
import { encodeMessage } from '@kolam/protocol'
import { decodeStateVector } from './coverage.ts'
import type { DocumentBytes } from './document-bytes.ts'
import { type DocumentFunctions, EMPTY_UPDATE, isNothing } from './documents.ts'
import { Frames } from './frames.ts'
import type { Wire } from './peer.ts'

/** Different answers remembered at a time: whoever comes back after a restart mostly asks one of few. */
const ANSWERS_MAX = 8

/** Only short state vectors are compared with those of others. */
const KEY_BYTES_MAX = 4 * 1024

/** How an answer ends: with the step2 that was asked for, or, to somebody who fell behind, without one. */
export type Ending = 'step2' | 'none'

/** Which messages a peer understands. */
export type Dialect = 'kolam' | 'stock'

/** One piece of a document. As `part` it acknowledges nothing; stock clients know only `update`. */
class Piece {
  readonly #frames: Readonly<Record<Dialect | 'step2', Frames>>

  constructor(update: Uint8Array) {
    this.#frames = {
      kolam: new Frames(() => [encodeMessage({ type: 'part', update })]),
      stock: new Frames(() => [encodeMessage({ type: 'update', update })]),
      step2: new Frames(() => [encodeMessage({ type: 'step2', update })]),
    }
  }

  for(as: Dialect | 'step2', wire: Wire): Uint8Array {
    return this.#frames[as].for(wire)
  }
}

/** All of the document up to `position` that was lacking. */
export class Answer {
  readonly position: number
  readonly #base: Piece | null
  readonly #tail: Piece | null

  constructor(position: number, pieces: { base: Piece | null; tail: Piece | null }) {
    this.position = position
    this.#base = pieces.base
    this.#tail = pieces.tail
  }

  /** What to write, one after the other, the same bytes for all of one kind. */
  writes(ending: Ending, dialect: Dialect, wire: Wire): Uint8Array[] {
    const pieces = [this.#base, this.#tail].filter((piece) => piece !== null)
    if (ending === 'none') return pieces.map((piece) => piece.for(dialect, wire))
    const last = pieces.pop() ?? NOTHING
    return [...pieces.map((piece) => piece.for(dialect, wire)), last.for('step2', wire)]
  }
}

interface Known {
  readonly base: Uint8Array | null
  readonly position: number
  readonly answer: Promise<Answer>
}

interface Question {
  readonly stateVector: Uint8Array
  readonly clocks: ReadonlyMap<number, number>
}

/** Remembers answers until the document changes or `forget()`. */
export class Answers {
  readonly #bytes: DocumentBytes
  readonly #documents: DocumentFunctions
  readonly #known = new Map<string, Known>()
  /** Parts of `#base`, by who lacks what of it. */
  readonly #parts = new Map<string, Promise<Piece | null>>()
  #base: Uint8Array | null = null

  constructor(bytes: DocumentBytes, documents: DocumentFunctions) {
    this.#bytes = bytes
    this.#documents = documents
  }

  /** What somebody with this state vector lacks now. Rejects where the documents functions do. */
  to(stateVector: Uint8Array): Promise<Answer> {
    const key = keyOf(stateVector)
    const { position, base } = this.#bytes
    const known = key === null ? undefined : this.#known.get(key)
    if (known?.position === position && known.base === base) return known.answer
    const answer = this.#make({ stateVector, clocks: clocksOf(stateVector) })
    if (key !== null) this.#remember(key, { base, position, answer })
    return answer
  }

  /** Lets go of the memory. */
  forget(): void {
    this.#known.clear()
    this.#parts.clear()
    this.#base = null
  }

  /** Both parts are of this moment, whatever the document becomes while they are made. */
  async #make(question: Question): Promise<Answer> {
    const { position } = this.#bytes
    const parts = [this.#basePart(question), this.#tailPart(question)] as const
    const [base, tail] = await Promise.all(parts)
    return new Answer(position, { base, tail })
  }

  #basePart(question: Question): Promise<Piece | null> {
    const { base, baseStateVector } = this.#bytes
    if (!base) return Promise.resolve(null)
    if (this.#base !== base) this.#parts.clear()
    this.#base = base
    // Who has the base lacks at most some of its deletions, which are the same for all of them.
    const hasBase = reaches(question.clocks, clocksOf(baseStateVector))
    const stateVector = hasBase ? baseStateVector : question.stateVector
    const key = hasBase ? 'base' : keyOf(stateVector)
    const known = key === null ? undefined : this.#parts.get(key)
    if (known) return known
    const part = this.#diff(base, stateVector)
    if (key !== null) remember(this.#parts, key, part)
    return part
  }

  async #tailPart({ stateVector, clocks }: Question): Promise<Piece | null> {
    const { tail } = this.#bytes
    const [first] = tail
    if (!first) return null
    const merged = tail.length === 1 ? first : await this.#documents.merge([...tail], 'tail')
    return clocks.size === 0 ? new Piece(merged) : this.#diff(merged, stateVector)
  }

  async #diff(bytes: Uint8Array, stateVector: Uint8Array): Promise<Piece | null> {
    const isWhole = clocksOf(stateVector).size === 0
    const update = isWhole ? bytes : await this.#documents.diff(bytes, stateVector)
    return isNothing(update) ? null : new Piece(update)
  }

  #remember(key: string, known: Known): void {
    remember(this.#known, key, known)
    known.answer.catch(() => {
      if (this.#known.get(key) === known) this.#known.delete(key)
      this.#parts.clear()
    })
  }
}

const NOTHING = new Piece(EMPTY_UPDATE)
const NO_CLOCKS: ReadonlyMap<number, number> = new Map()

/** The last few, the newest last. */
function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key)
  map.set(key, value)
  const oldest = map.keys().next()
  if (map.size > ANSWERS_MAX && !oldest.done) map.delete(oldest.value)
}

function clocksOf(stateVector: Uint8Array): ReadonlyMap<number, number> {
  return decodeStateVector(stateVector) ?? NO_CLOCKS
}

/** Whether somebody with these clocks has everything up to those. */
function reaches(clocks: ReadonlyMap<number, number>, goal: ReadonlyMap<number, number>): boolean {
  if (goal.size === 0) return false
  for (const [client, clock] of goal) {
    if ((clocks.get(client) ?? 0) < clock) return false
  }
  return true
}

function keyOf(bytes: Uint8Array): string | null {
  return bytes.length <= KEY_BYTES_MAX ? bytes.join(',') : null
}
