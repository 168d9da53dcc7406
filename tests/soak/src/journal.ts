/** What was done, counted, and the last of it in full: what is printed when something is wrong. */

/** One thing that was done. */
interface Entry {
  readonly seconds: number
  readonly text: string
}

/** Edits are many and say little; what happened to lines, people and the server is kept for longer. */
const EDITS_KEPT = 40
const EVENTS_KEPT = 120

export class Journal {
  readonly #startMs = Date.now()
  readonly #edits: Entry[] = []
  readonly #events: Entry[] = []
  readonly #counts = new Map<string, number>()

  /** Seconds since the beginning. */
  get seconds(): number {
    return (Date.now() - this.#startMs) / 1_000
  }

  /** How often each thing was done. */
  get counts(): Record<string, number> {
    return Object.fromEntries([...this.#counts].sort(([a], [b]) => a.localeCompare(b)))
  }

  /** Somebody changed a document. */
  edit(what: string, who: string): void {
    this.#note(this.#edits, EDITS_KEPT, { what, who })
  }

  /** Anything else happened. */
  event(what: string, who = ''): void {
    this.#note(this.#events, EVENTS_KEPT, { what, who })
  }

  /** The last things done, oldest first. */
  last(): string[] {
    return [...this.#events, ...this.#edits]
      .sort((a, b) => a.seconds - b.seconds)
      .map(({ seconds, text }) => `${seconds.toFixed(3)} ${text}`)
  }

  #note(entries: Entry[], kept: number, { what, who }: { what: string; who: string }): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1)
    entries.push({ seconds: this.seconds, text: `${what} ${who}`.trimEnd() })
    if (entries.length > kept) entries.shift()
  }
}
