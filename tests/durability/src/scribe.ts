/** Somebody who writes, knows what they wrote, and whose client is told how the server is. */
import type { Random } from '@kolam/base'
import type * as Y from 'yjs'
import { KolamClient } from '../../relay/support/kolam-client.ts'
import { edit } from './edit.ts'
import type { Place } from './guest.ts'

/** Comes with every edit, so that a disk is soon full. */
const BALLAST = 2_000

export class Scribe {
  readonly name: string
  readonly #member: KolamClient
  readonly #random: Random
  readonly #tags: string[] = []

  constructor(name: string, { syncUrl, id }: Place, random: Random) {
    this.name = name
    this.#random = random
    // Comes back quickly when it was sent away.
    this.#member = new KolamClient({ url: syncUrl, id }, { retryCapMs: 500 })
  }

  get doc(): Y.Doc {
    return this.#member.doc
  }

  /** What was written, an entry for each edit. */
  get tags(): readonly string[] {
    return this.#tags
  }

  /** Where the connection stands, in the client's words. */
  get state(): string {
    return this.#member.client.state.name
  }

  get isSaved(): boolean {
    return this.#member.client.save.name === 'saved'
  }

  /** What the server said when it hung up last. */
  get closeCode(): number | null {
    const { state } = this.#member.client
    return state.name === 'offline' ? (state.trouble?.code ?? null) : null
  }

  write(): void {
    const hand = { name: this.name, number: this.#tags.length + 1 }
    this.doc.transact(() => {
      this.#tags.push(edit(this.doc, hand, this.#random))
      this.doc.getText('ballast').insert(0, '.'.repeat(BALLAST))
    })
  }

  /** Resolves when it is so, which whatever the client is told may change. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await this.nextWord()
  }

  /** Writes whenever the client is told something, until it is so. */
  async writeUntil(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      this.write()
      await this.nextWord()
    }
  }

  /** Resolves when the client is told anything about the connection or the changes. */
  nextWord(): Promise<void> {
    const { client } = this.#member
    return new Promise((resolve) => {
      const stops = (['state', 'save'] as const).map((name) =>
        client.on(name, () => {
          for (const stop of stops) stop()
          resolve()
        }),
      )
    })
  }

  leave(): void {
    this.#member.destroy()
  }
}
