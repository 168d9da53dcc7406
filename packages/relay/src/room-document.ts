/**
 * The document of an open room: its bytes, which structs they hold, the answers made of them, and their compaction.
 * Knows no peers. What it is given to add is on disk already.
 */
import type { Store, StoredDocument } from '@kolam/persistence'
import { Answers, type Answer } from './answers.ts'
import { Coverage, type Overlap } from './coverage.ts'
import { DocumentBytes, sumOf } from './document-bytes.ts'
import {
  type DocumentFunctions,
  MALFORMED,
  type Sifted,
  type StructRange,
  type UpdateInfo,
} from './documents.ts'
import type { Limits } from './limits.ts'

/** What a document's room gives it. */
export interface RoomDocumentPorts {
  readonly store: Store
  readonly documents: DocumentFunctions
  readonly limits: Limits
}

/** What a compaction came to. */
export interface Compacted {
  readonly updates: number
  readonly bytesBefore: number
  readonly bytesAfter: number
}

/** Updates that added nothing, remembered to know them again; all of them together stay below this. */
const NOTHING_BYTES_MAX = 512 * 1024

/** One document in memory. */
export class RoomDocument {
  readonly #id: string
  readonly #ports: RoomDocumentPorts
  readonly #bytes: DocumentBytes
  readonly #answers: Answers
  readonly #coverage: Coverage
  readonly #seqAtStart: number
  readonly #damage: readonly string[]
  #snapshotBytes: number
  #logUpdates: number
  #logBytes: number
  #compacting: Promise<Compacted> | null = null
  #nothing: Uint8Array[] = []

  private constructor(
    id: string,
    stored: StoredDocument,
    more: { ports: RoomDocumentPorts; coverage: Coverage; baseStateVector: Uint8Array },
  ) {
    this.#id = id
    this.#ports = more.ports
    this.#coverage = more.coverage
    this.#bytes = new DocumentBytes(more.ports.documents, {
      base: stored.snapshot,
      baseStateVector: more.baseStateVector,
      tail: stored.updates,
      stateVector: () => more.coverage.stateVector(),
    })
    this.#answers = new Answers(this.#bytes, more.ports.documents)
    this.#seqAtStart = stored.seq
    this.#damage = stored.damage ?? []
    this.#snapshotBytes = stored.snapshot?.length ?? 0
    this.#logUpdates = stored.updates.length
    this.#logBytes = sumOf(stored.updates)
  }

  /** Reads a document from the store: what of it is sound. Rejects where nothing can be known of it. */
  static async open(id: string, ports: RoomDocumentPorts): Promise<RoomDocument> {
    const stored = await ports.store.open(id)
    const coverage = new Coverage()
    const damage = [...(stored.damage ?? [])]
    async function isSound(bytes: Uint8Array, what: string): Promise<boolean> {
      try {
        coverage.add((await ports.documents.inspect(bytes)).structs)
        return true
      } catch (error) {
        if (!(error instanceof Error) || error.name !== MALFORMED) throw error
        damage.push(`${what} cannot be read`)
        return false
      }
    }
    const { snapshot } = stored
    const base = snapshot && (await isSound(snapshot, 'its snapshot')) ? snapshot : null
    const baseStateVector = coverage.stateVector()
    const updates: Uint8Array[] = []
    for (const [index, update] of stored.updates.entries()) {
      if (await isSound(update, `update ${index + 1} of its log`)) updates.push(update)
    }
    const sound = { snapshot: base, updates, seq: stored.seq, damage }
    return new RoomDocument(id, sound, { ports, coverage, baseStateVector })
  }

  /** What of it is on disk and cannot be used, in words; a document with damage is not written to. */
  get damage(): readonly string[] {
    return this.#damage
  }

  /** How many updates were stored since the room opened. */
  get position(): number {
    return this.#bytes.position
  }

  /** The encoded state vector of what is on disk; do not change it. */
  get stateVector(): Uint8Array {
    return this.#coverage.stateVector()
  }

  /** Whether anything was stored since the last snapshot. */
  get hasLog(): boolean {
    return this.#logUpdates > 0
  }

  /** Whether the log is long enough to be worth a snapshot while people work. */
  get wantsCompaction(): boolean {
    const { compactUpdates, compactUpdatesMax, compactBytesMin } = this.#ports.limits
    if (this.#damage.length > 0) return false
    if (this.#logUpdates >= compactUpdatesMax) return true
    if (this.#logBytes >= Math.max(compactBytesMin, this.#snapshotBytes)) return true
    return this.#logUpdates >= compactUpdates && this.#isLogWorthIt
  }

  /** Whether the log is long enough to be worth a snapshot when nobody is there. */
  get wantsCompactionOnUnload(): boolean {
    const isLong = this.#logUpdates >= this.#ports.limits.compactOnUnloadUpdates
    const isSound = this.#damage.length === 0
    return this.wantsCompaction || (isSound && isLong && this.#isLogWorthIt)
  }

  /** A snapshot is written anew as a whole: not for a log that is nothing beside it. */
  get #isLogWorthIt(): boolean {
    return this.#logBytes * this.#ports.limits.compactRatio >= this.#snapshotBytes
  }

  /** Adds an update that is on disk and returns its position. */
  add(update: Uint8Array, info: UpdateInfo): number {
    this.#coverage.add(info.structs)
    this.#logUpdates += 1
    this.#logBytes += update.length
    return this.#bytes.append(update)
  }

  /** How much of these structs is on disk. */
  overlap(structs: readonly StructRange[]): Overlap {
    return this.#coverage.overlap(structs)
  }

  /** How many structs of a client are on disk before the first gap. */
  clockOf(client: number): number {
    return this.#coverage.clockOf(client)
  }

  /** Whether anything of this client is on disk. */
  knows(client: number): boolean {
    return this.#coverage.has(client)
  }

  /** Of how many clients there is anything. */
  get authors(): number {
    return this.#coverage.clients
  }

  /** Holds an update against everything on disk. */
  sift(update: Uint8Array): Promise<Sifted> {
    const { base, tail } = this.#bytes
    return this.#ports.documents.sift(base ? [base, ...tail] : [...tail], update)
  }

  /** Whether everything of an update whose structs are covered is on disk, deletions included. */
  async addsNothing(update: Uint8Array): Promise<boolean> {
    const { documents } = this.#ports
    if (!documents.addsNothing) return false
    if (this.#nothing.some((known) => equal(known, update))) return true
    const { bytes } = await this.#bytes.merged()
    const nothing = await documents.addsNothing(bytes, update)
    if (nothing) this.#remember(update)
    return nothing
  }

  /** Bytes of the whole document as it is kept in memory. */
  get byteLength(): number {
    return this.#bytes.byteLength
  }

  /** The updates stored after `position`; null where they cannot be told apart any more. */
  after(position: number): readonly Uint8Array[] | null {
    return this.#bytes.after(position)
  }

  /** The state vector as it was before these were added; claims too little rather than too much. */
  stateVectorWithout(structs: Iterable<StructRange>): Uint8Array {
    return this.#coverage.stateVectorWithout(structs)
  }

  /** What somebody with this state vector lacks. */
  answer(stateVector: Uint8Array): Promise<Answer> {
    return this.#answers.to(stateVector)
  }

  /** Lets go of memory that only helps when many ask at once. */
  forgetAnswers(): void {
    this.#answers.forget()
  }

  /** All of the document as one update. */
  async read(): Promise<Uint8Array> {
    return (await this.#bytes.merged()).bytes
  }

  /** Writes a snapshot and trims the log; calls while one is under way share it. Says how many bytes it took and left. */
  compact(): Promise<Compacted> {
    this.#compacting ??= this.#compact().finally(() => {
      this.#compacting = null
    })
    return this.#compacting
  }

  /** What is put in the place of the log is made of what is on disk, not of what is in memory. */
  async #compact(): Promise<Compacted> {
    const { store, documents } = this.#ports
    const mustHold = [...this.#coverage.structs()]
    // Counted from zero again at once: a compaction that fails is tried again after as many updates, not at each one.
    this.#logUpdates = 0
    this.#logBytes = 0
    const { snapshot, updates, seq, damage } = await store.open(this.#id)
    if (damage) throw new Error(`Cannot compact: ${damage.join(', ')}`)
    const parts = snapshot ? [snapshot, ...updates] : updates
    const bytes = await documents.compact(parts)
    const held = new Coverage()
    held.add((await documents.inspect(bytes)).structs)
    if (!held.covers(mustHold)) throw new Error('Cannot compact: the result lacks what is there')
    await store.compact(this.#id, bytes, seq)
    this.#snapshotBytes = bytes.length
    this.#bytes.adopt({ bytes, position: seq - this.#seqAtStart }, held.stateVector())
    return { updates: updates.length, bytesBefore: sumOf(parts), bytesAfter: bytes.length }
  }

  #remember(update: Uint8Array): void {
    this.#nothing.unshift(update)
    while (this.#nothing.length > 0 && sumOf(this.#nothing) > NOTHING_BYTES_MAX) this.#nothing.pop()
  }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
