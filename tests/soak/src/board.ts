/** One document of a run: what is known about it, and what must be true of every copy of it. */
import { isDeepStrictEqual } from 'node:util'
import * as Y from 'yjs'
import { contentOf, namesOn } from './content.ts'
import { Facts } from './facts.ts'
import { Ledger } from './ledger.ts'

export class Board {
  readonly id: string
  readonly ledger = new Ledger()
  readonly facts = new Facts()

  constructor(id: string) {
    this.id = id
  }

  /** What contradicts a copy that was read from the server just now. */
  faults(doc: Y.Doc): string[] {
    return [...this.ledger.faults(doc), ...this.facts.faults(namesOn(doc))].map(
      (fault) => `${this.id}: ${fault}`,
    )
  }
}

/** Whether two copies hold the same, to the eye and beneath it. */
export function sameCopies(a: Y.Doc, b: Y.Doc): boolean {
  return (
    Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b)) && isDeepStrictEqual(contentOf(a), contentOf(b))
  )
}
