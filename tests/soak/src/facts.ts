/**
 * What people put on a board and took from it, as names in a set: a second opinion that knows nothing of how documents
 * merge. A name is made once by one person, and never again after somebody removed it.
 */

/** What one edit made and removed. */
export interface Deed {
  readonly makes: readonly string[]
  readonly removes: readonly string[]
}

interface Fact {
  /** Its maker was told that it is saved. */
  saved: boolean
  /** Somebody has removed it, though perhaps only they know. */
  removed: boolean
  /** Whoever removed it was told that this is saved. */
  removalSaved: boolean
}

/** Everything that was ever done on one board. */
export class Facts {
  readonly #facts = new Map<string, Fact>()

  /** Somebody did it. */
  done({ makes, removes }: Deed): void {
    for (const name of makes) {
      this.#facts.set(name, { saved: false, removed: false, removalSaved: false })
    }
    for (const name of removes) this.#of(name).removed = true
  }

  /** Somebody was told that it is saved. */
  saved({ makes, removes }: Deed): void {
    for (const name of makes) this.#of(name).saved = true
    for (const name of removes) this.#of(name).removalSaved = true
  }

  /** What contradicts a board on which just these names are found. */
  faults(found: ReadonlySet<string>): string[] {
    const faults: string[] = []
    for (const [name, { saved, removed, removalSaved }] of this.#facts) {
      if (saved && !removed && !found.has(name)) faults.push(`${name} was saved and is lost`)
      if (removalSaved && found.has(name)) faults.push(`${name} was removed and is back`)
    }
    for (const name of found) {
      if (!this.#facts.has(name)) faults.push(`${name} was made by nobody`)
    }
    return faults
  }

  #of(name: string): Fact {
    const fact = this.#facts.get(name)
    if (!fact) throw new Error(`Nobody made ${name}`)
    return fact
  }
}
