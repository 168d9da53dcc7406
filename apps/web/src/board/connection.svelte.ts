/** The client's states as components read them. Shows what the client says and adds nothing. */
import type { Client, ConnectionState, SaveState } from '@kolam/client'
import { createSubscriber } from 'svelte/reactivity'
import { saveWords, type SaveWords } from './save-words.ts'

/** What else the light depends on. */
export interface Around {
  readonly importer: { readonly busy: boolean }
  readonly keeping: {
    readonly opening: boolean
    readonly found: boolean
    readonly kept: boolean
    readonly trouble: string
    readonly isWritten: boolean
  }
}

export class ConnectionView {
  readonly #client: Client
  readonly #around: Around
  readonly #changed: () => void
  /** The server's document has arrived in this tab. */
  #met = $state(false)
  /** The first attempt is over, however it ended. */
  #tried = $state(false)

  constructor(client: Client, around: Around) {
    this.#client = client
    this.#around = around
    this.#changed = createSubscriber((update) => {
      const stops = [client.on('state', update), client.on('save', update)]
      return () => stops.forEach((stop) => stop())
    })
    this.#met = client.synced
    client.on('synced', (synced) => {
      if (synced) this.#met = true
    })
    client.on('state', ({ name }) => {
      if (name !== 'connecting' && name !== 'syncing') this.#tried = true
    })
  }

  /** What the save light says. */
  get words(): SaveWords {
    const { state, save, opened } = this
    const { importer, keeping } = this.#around
    const { kept, trouble } = keeping
    return saveWords({
      state,
      save,
      opened,
      tried: this.#tried,
      importing: importer.busy,
      kept,
      trouble,
    })
  }

  get state(): ConnectionState {
    this.#changed()
    // The server is asked as soon as this browser's copy has been read.
    const { state } = this.#client
    const isReading = this.#around.keeping.opening && state.name === 'offline'
    return isReading ? { name: 'connecting' } : state
  }

  get save(): SaveState {
    this.#changed()
    return this.#client.save
  }

  /** True once the board is in this tab, from the server or from this browser's copy; never false again. */
  get opened(): boolean {
    return this.#met || this.#around.keeping.found
  }

  /** Whether closing the tab now would lose something. */
  get mayBeLost(): boolean {
    return this.save.name !== 'saved' && !this.#around.keeping.isWritten
  }

  /**
   * For `data-save`: nothing is called saved before the server's document has been seen, nor while a
   * file is on its way.
   */
  get mark(): SaveState['name'] {
    if (this.save.name !== 'saved') return this.save.name
    if (this.#met) return this.#around.importer.busy ? 'saving' : 'saved'
    return this.#tried ? 'local' : 'saving'
  }
}
