/** Sorts the rows of one document into what is sound and words about what is not. Reads and mends nothing. */
import type { StoredDocument } from '../store.ts'
import { rowChecksum } from './checksum.ts'
import type { SqlRow } from './sql.ts'

/** Sentences about one document; more say nothing more. */
const WORDS_MAX = 20

/** Takes the rows in their order. */
export class SoundRows {
  readonly #id: string
  readonly #updates: Uint8Array[] = []
  readonly #damage: string[] = []
  #snapshot: Uint8Array | null = null
  #upto = 0
  /** The number the next update should have; null where nothing sound says it. */
  #next: number | null = 1

  constructor(id: string) {
    this.#id = id
  }

  /** The number of the last update the snapshot stands for; 0 where there is no sound one. */
  get upto(): number {
    return this.#upto
  }

  takeSnapshot(row: SqlRow): void {
    const bytes = row['bytes'] as Uint8Array
    const upto = Number(row['upto'])
    if (rowChecksum(this.#id, upto, bytes) !== row['crc']) {
      this.#say(`its snapshot up to ${upto} does not match its checksum`)
      this.#next = null
      return
    }
    this.#snapshot = bytes
    this.#upto = upto
    this.#next = upto + 1
  }

  takeUpdate(row: SqlRow): void {
    const bytes = row['bytes'] as Uint8Array
    const seq = Number(row['seq'])
    if (this.#next !== null && seq !== this.#next) this.#sayMissing(this.#next, seq - 1)
    this.#next = seq + 1
    if (rowChecksum(this.#id, seq, bytes) === row['crc']) this.#updates.push(bytes)
    else this.#say(`update ${seq} does not match its checksum`)
  }

  /** What is sound, and with it what is not; `seq` is the number of the last update. */
  document(seq: number): StoredDocument {
    const next = this.#next ?? seq + 1
    if (next <= seq) this.#sayMissing(next, seq)
    if (next > seq + 1) this.#say(`there are updates after the last one, which is ${seq}`)
    const document = { snapshot: this.#snapshot, updates: this.#updates, seq }
    return this.#damage.length > 0 ? { ...document, damage: this.#damage } : document
  }

  #sayMissing(from: number, to: number): void {
    if (to < from) this.#say(`update ${to} is there twice`)
    else
      this.#say(from === to ? `update ${from} is missing` : `updates ${from} to ${to} are missing`)
  }

  #say(what: string): void {
    if (this.#damage.length < WORDS_MAX) this.#damage.push(what)
    else this.#damage[WORDS_MAX - 1] = 'and more'
  }
}
