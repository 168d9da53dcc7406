/** The step2s of a room: what somebody who asked lacks. Those who ask the same at the same time share one answer. */
import { encodeMessage } from '@kolam/protocol'
import { decodeStateVector } from './coverage.ts'
import type { DocumentBytes } from './document-bytes.ts'
import type { DocumentFunctions } from './documents.ts'
import { Frames } from './frames.ts'

/** A step2, framed once for each kind of connection. */
export type Answer = Frames

/** Different state vectors remembered at a time: whoever comes back after a restart mostly asks one of few. */
const ANSWERS_MAX = 8

interface Entry {
  readonly position: number
  readonly answer: Promise<Answer>
}

/** Remembers answers until the document changes or `forget()`. */
export class Answers {
  readonly #bytes: DocumentBytes
  readonly #documents: DocumentFunctions
  readonly #entries = new Map<string, Entry>()

  constructor(bytes: DocumentBytes, documents: DocumentFunctions) {
    this.#bytes = bytes
    this.#documents = documents
  }

  /** The answer to a step1. Rejects where the documents functions do. */
  to(stateVector: Uint8Array): Promise<Answer> {
    const key = keyOf(stateVector)
    const { position } = this.#bytes
    const known = this.#entries.get(key)
    if (known?.position === position) return known.answer
    const answer = this.#make(stateVector)
    this.#remember(key, { position, answer })
    return answer
  }

  /** Lets go of the memory. */
  forget(): void {
    this.#entries.clear()
  }

  async #make(stateVector: Uint8Array): Promise<Answer> {
    const { bytes } = await this.#bytes.merged()
    const isEmpty = decodeStateVector(stateVector)?.size === 0
    const update = isEmpty ? bytes : await this.#documents.diff(bytes, stateVector)
    return new Frames([encodeMessage({ type: 'step2', update })])
  }

  #remember(key: string, entry: Entry): void {
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    entry.answer.catch(() => this.#drop(key, entry))
    const oldest = this.#entries.keys().next()
    if (this.#entries.size > ANSWERS_MAX && !oldest.done) this.#entries.delete(oldest.value)
  }

  #drop(key: string, entry: Entry): void {
    if (this.#entries.get(key) === entry) this.#entries.delete(key)
  }
}

function keyOf(bytes: Uint8Array): string {
  return bytes.join(',')
}
