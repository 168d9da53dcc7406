/** The other tabs of a document, as a companion of its client. */

import { systemClock } from '@kolam/base'
import type { Client } from '../client.ts'
import type { Tabs } from '../tabs/tabs.ts'
import { openBroadcastChannel } from './broadcast-channel.ts'
import type { Companion } from './companion.ts'
import { openWebLocks } from './web-locks.ts'

/** Shares what is written and who is there with all tabs that give the document the same name, also without a server. */
export class OtherTabs implements Companion {
  readonly #client: Client
  readonly #document: string
  #tabs: Tabs | null = null
  #isOver = false

  constructor(options: { readonly client: Client; readonly document: string }) {
    this.#client = options.client
    this.#document = options.document
  }

  /** Their code comes beside the page; where it cannot be fetched, or the browser has no channels, there are no other tabs. */
  async open(): Promise<void> {
    const made = await import('../tabs/tabs.ts').then(({ Tabs }) => Tabs).catch(() => null)
    const channel = this.#isOver || !made ? null : openBroadcastChannel(this.#document)
    if (!made || !channel) return
    const { doc, awareness } = this.#client
    const locks = openWebLocks(this.#document)
    this.#tabs = new made({ doc, awareness, channel, locks, clock: systemClock })
    this.#client.joinTabs(this.#tabs)
  }

  start(): void {
    this.#tabs?.start(this.#client)
  }

  hide(): void {
    this.#tabs?.leave()
  }

  probe(): void {
    this.#tabs?.meet()
  }

  stop(): void {
    this.#isOver = true
    this.#tabs?.stop()
  }
}
