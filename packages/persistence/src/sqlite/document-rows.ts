/** The row each document has: whether it is there at all, and how far its log goes. Never gives what was not checked. */
import { deleted, notTrashed, StoreError, trashed, unknown } from '../store-error.ts'
import { type DocumentState, stateChecksum } from './checksum.ts'
import type { Statements } from './statements.ts'

/** Reads and writes rows of the list. */
export class DocumentRows {
  readonly #statements: Statements

  constructor(statements: Statements) {
    this.#statements = statements
  }

  /** The last number of a document that is neither in the trash nor removed; 0 for one never written. */
  seqOf(id: string): number {
    const found = this.#find(id)
    if (found?.deleted) throw deleted(id)
    if (found && found.trashedAt !== null) throw trashed(id)
    return found?.seq ?? 0
  }

  /** The same of a document that must be there. */
  seqOfKnown(id: string): number {
    const seq = this.seqOf(id)
    if (seq === 0) throw unknown(id)
    return seq
  }

  /** Refuses a document that is not in the trash. */
  checkTrashed(id: string): void {
    const found = this.#find(id)
    if (!found) throw unknown(id)
    if (found.deleted) throw deleted(id)
    if (found.trashedAt === null) throw notTrashed(id)
  }

  /** The number of the last update the snapshot stands for; 0 where there is none. */
  uptoOf(id: string): number {
    return Number(this.#statements.readUpto.get(id)?.['upto'] ?? 0)
  }

  setState(id: string, state: DocumentState): void {
    const { trashedAt, deleted: isDeleted } = state
    this.#statements.setState.run(trashedAt, isDeleted ? 1 : 0, stateChecksum(id, state), id)
  }

  /** A document's row, checked; null where nothing was ever written to it. */
  #find(id: string): (DocumentState & { readonly seq: number }) | null {
    const row = this.#statements.readDocument.get(id)
    if (!row) {
      this.#checkNothing(id)
      return null
    }
    const trashedAt = row['trashed_at'] === null ? null : Number(row['trashed_at'])
    const state = { trashedAt, deleted: row['deleted'] !== 0 }
    if (stateChecksum(id, state) !== row['state_crc']) {
      throw damaged(id, 'whether it is in the trash does not match its checksum')
    }
    return { ...state, seq: Number(row['seq']) }
  }

  /** A row that got lost must not make an empty document of a full one. */
  #checkNothing(id: string): void {
    const found = this.#statements.holdsRows.get(id)?.['found']
    if (found === 1) throw damaged(id, 'its row is missing')
  }
}

/** What is on disk of a document is not what was written. */
export function damaged(id: string, what: string): StoreError {
  return new StoreError('corrupt', `Cannot read document "${id}": ${what}`)
}
