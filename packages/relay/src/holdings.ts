/**
 * Which structs a room has taken, on disk or on the way to it: what the next update is judged by. Before it is on disk
 * nothing is called known, and still nobody else may take its place.
 */
import { Coverage, type Overlap } from './coverage.ts'
import type { StructRange, UpdateInfo } from './documents.ts'
import type { RoomDocument } from './room-document.ts'

/** What is asked of the document. */
type OnDisk = Pick<RoomDocument, 'overlap' | 'clockOf' | 'knows' | 'authors'>

/** A document and what is about to be added to it. */
export class Holdings {
  readonly #onDisk: OnDisk
  /** Forgotten only when nothing is on its way: then all of it is on disk. */
  #underWay = new Coverage()

  constructor(onDisk: OnDisk) {
    this.#onDisk = onDisk
  }

  /** These are on their way to the disk. */
  took({ structs }: UpdateInfo): void {
    this.#underWay.add(structs)
  }

  /** Nothing is on its way any more. */
  settled(): void {
    if (this.#underWay.clients > 0) this.#underWay = new Coverage()
  }

  /** How much of an update is there. What is under way counts as some of it. */
  overlap({ structs }: UpdateInfo): Overlap {
    const onDisk = this.#onDisk.overlap(structs)
    if (onDisk !== 'none') return onDisk
    return this.isUnderWay(structs) ? 'some' : 'none'
  }

  /** Whether any of these may not be on disk yet. */
  isUnderWay(structs: readonly StructRange[]): boolean {
    return this.#underWay.overlap(structs) !== 'none'
  }

  /** Whether something emptied would stand behind a gap. */
  isTooEarly({ structs, emptied = [] }: UpdateInfo): boolean {
    return emptied.some(({ client, clock }) => this.#clockWith(client, structs) < clock)
  }

  /** Whether the document has at most so many authors with those of an update. */
  hasAuthorsBelow(authorsMax: number, { structs }: UpdateInfo): boolean {
    // Counts some twice, which is enough for all but the fullest documents.
    const { authors } = this.#onDisk
    if (authors + this.#underWay.clients + structs.length <= authorsMax) return true
    const added = new Set<number>()
    for (const { client } of [...structs, ...this.#underWay.structs()]) {
      if (!this.#onDisk.knows(client)) added.add(client)
    }
    return authors + added.size <= authorsMax
  }

  /** How many structs of a client there are before the first gap when these are among them. */
  #clockWith(client: number, structs: readonly StructRange[]): number {
    const all = new Coverage()
    all.add([{ client, clock: 0, length: this.#onDisk.clockOf(client) }])
    for (const range of [...structs, ...this.#underWay.structs()]) {
      if (range.client === client) all.add([range])
    }
    return all.clockOf(client)
  }
}
