/** The client's states as components read them. Shows what the client says and adds nothing. */
import type { Client, ConnectionState, SaveState } from '@kolam/client'
import { createSubscriber } from 'svelte/reactivity'
import { saveWords, type SaveWords } from './save-words.ts'

export class ConnectionView {
  readonly #client: Client
  readonly #importer: { readonly busy: boolean }
  readonly #changed: () => void
  #opened = $state(false)

  constructor(client: Client, importer: { readonly busy: boolean }) {
    this.#client = client
    this.#importer = importer
    this.#changed = createSubscriber((update) => {
      const stops = [client.on('state', update), client.on('save', update)]
      return () => stops.forEach((stop) => stop())
    })
    this.#opened = client.synced
    client.on('synced', (synced) => {
      if (synced) this.#opened = true
    })
  }

  /** What the save light says. */
  get words(): SaveWords {
    const { state, save } = this
    return saveWords({ state, save, opened: this.#opened, importing: this.#importer.busy })
  }

  get state(): ConnectionState {
    this.#changed()
    return this.#client.state
  }

  get save(): SaveState {
    this.#changed()
    return this.#client.save
  }

  /** True once the server's document has arrived in this tab; never false again. */
  get opened(): boolean {
    return this.#opened
  }

  /**
   * For `data-save`: nothing is called saved before the server's document has been seen, nor while a
   * file is on its way.
   */
  get mark(): SaveState['name'] {
    if (this.save.name !== 'saved') return this.save.name
    if (this.#opened) return this.#importer.busy ? 'saving' : 'saved'
    return this.state.name === 'offline' ? 'local' : 'saving'
  }
}
