/**
 * Two honest people who keep working on one document: in each round one writes, deletes and shows where they are, and
 * the other one answers when all of it has arrived. So a round is proof that edits and presence still come through.
 */
import type { Honest } from './honest.ts'

/** Longer texts are cut, so that there are deletions too. */
const TALK_LENGTH_MAX = 40

export class Rally {
  readonly #pair: readonly [Honest, Honest]
  #rounds = 0
  #stops = false
  #failure: unknown = null
  #running: Promise<void> | null = null
  #waiters: (() => void)[] = []

  constructor(pair: readonly [Honest, Honest]) {
    this.#pair = pair
  }

  /** How many rounds have been played. */
  get rounds(): number {
    return this.#rounds
  }

  start(): void {
    this.#stops = false
    this.#running ??= this.#run()
  }

  /** Resolves when so many more rounds were played; rejects when they cannot be. */
  async more(rounds = 1): Promise<void> {
    const enough = this.#rounds + rounds
    while (this.#rounds < enough) {
      if (this.#failure) throw this.#failure
      if (!this.#running) throw new Error('Cannot wait for more rounds: the rally stands still')
      await new Promise<void>((resolve) => this.#waiters.push(resolve))
    }
  }

  /** Ends after the round under way. */
  async stop(): Promise<void> {
    this.#stops = true
    await this.#running
    this.#running = null
    if (this.#failure) throw this.#failure
  }

  async #run(): Promise<void> {
    try {
      while (!this.#stops) {
        const [ada, bob] = this.#pair
        await turn({ from: ada, to: bob, round: this.#rounds + 1 })
        await turn({ from: bob, to: ada, round: this.#rounds + 1 })
        this.#rounds += 1
        this.#wake()
      }
    } catch (error) {
      this.#failure = error
      this.#wake()
    }
  }

  #wake(): void {
    for (const wake of this.#waiters.splice(0)) wake()
  }
}

/** What somebody last wrote, as somebody reads it. */
export function lastOf(writer: Honest, reader: Honest): unknown {
  return reader.doc.getMap('rounds').get(writer.name)
}

/** Where somebody last was, as somebody sees it. */
export function placeOf(mover: Honest, watcher: Honest): unknown {
  return watcher.awareness.getStates().get(mover.awareness.clientID)?.['cursor']
}

async function turn({ from, to, round }: Turn): Promise<void> {
  write(from, round)
  from.awareness.setLocalStateField('cursor', round)
  const arrival = to.until(() => lastOf(from, to) === round && placeOf(from, to) === round)
  await Promise.race([arrival, from.loss])
}

interface Turn {
  readonly from: Honest
  readonly to: Honest
  readonly round: number
}

function write({ doc, name }: Honest, round: number): void {
  doc.transact(() => {
    const talk = doc.getText('talk')
    doc.getMap('rounds').set(name, round)
    talk.insert(0, `${name} ${round} `)
    if (talk.length > TALK_LENGTH_MAX)
      talk.delete(TALK_LENGTH_MAX / 2, talk.length - TALK_LENGTH_MAX / 2)
  })
}
