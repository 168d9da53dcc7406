/** A guest with Kolam's own client: saved means what the light in the page says. */
import type * as Y from 'yjs'
import { KolamClient } from '../../relay/support/kolam-client.ts'
import type { Guest, Place } from './guest.ts'

export class KolamGuest implements Guest {
  readonly synced: Promise<void>
  readonly closed: Promise<void>
  readonly #person: KolamClient

  constructor({ syncUrl, id }: Place) {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.closed = promise
    this.#person = new KolamClient({
      url: syncUrl,
      id,
      onSocket: (socket) => {
        socket.once('close', () => {
          // It would come back, and bring what the server has lost.
          this.destroy()
          resolve()
        })
      },
    })
    this.synced = this.#person.synced()
  }

  get doc(): Y.Doc {
    return this.#person.doc
  }

  onSaved(listener: () => void): void {
    this.#person.client.on('save', ({ name }) => {
      if (name === 'saved') listener()
    })
  }

  destroy(): void {
    this.#person.destroy()
  }
}
