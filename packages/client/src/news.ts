/** What the app is told: each state once, and so that an error of its listeners never breaks the connection. */

import { type Clock, type Disposer, Emitter } from '@kolam/base'
import {
  type ConnectionState,
  sameState,
  type SaveState,
  saveStateOf,
  type Status,
  statusOf,
  type Trouble,
} from './state.ts'
import { throwLater } from './throw-later.ts'
import type { Unsaved } from './unsaved.ts'

/** Why changes are not taken: a close code, 4403 for changes refused on a line that goes on, 1009 for too large ones. */
export type Refusal = Trouble

/** `sync` and `status` are what Yjs providers commonly tell; the others are Kolam's. */
export interface ClientEvents {
  state: [state: ConnectionState]
  save: [save: SaveState]
  refused: [refusal: Refusal]
  synced: [synced: boolean]
  sync: [synced: boolean]
  status: [event: { status: Status }]
}

/** What news are made of. */
export interface NewsPort {
  readonly clock: Clock
  /** What is not on the server's disk now. */
  unsaved(): Unsaved | null
}

/** The states as they were told last; only its methods change them. */
export class News {
  readonly #port: NewsPort
  readonly #emitter = new Emitter<ClientEvents>()
  /** Where the connection stands. */
  state: ConnectionState = { name: 'offline' }
  /** Where this person's changes are. */
  save: SaveState = { name: 'saved' }
  /** Whether the server's document has arrived on the present line. */
  synced = false

  constructor(port: NewsPort) {
    this.#port = port
  }

  /** Listens until the returned disposer is called. */
  on<Name extends keyof ClientEvents>(
    name: Name,
    listener: (...args: ClientEvents[Name]) => void,
  ): Disposer {
    return this.#emitter.on(name, listener)
  }

  /** The connection stands there now. */
  become(state: ConnectionState): void {
    if (sameState(state, this.state)) return
    const before = statusOf(this.state)
    const status = statusOf(state)
    this.state = state
    this.tell('state', state)
    if (status !== before) this.tell('status', { status })
    if (state.name === 'refused') this.tell('refused', { code: state.code, reason: state.reason })
    this.moved()
  }

  /** What is unsaved may have changed. */
  moved(): void {
    const save = saveStateOf(this.#port.unsaved(), this.state)
    if (sameState(save, this.save)) return
    this.save = save
    this.tell('save', save)
  }

  /** Whether the server's document is here. */
  setSynced(synced: boolean): void {
    if (this.synced === synced) return
    this.synced = synced
    this.tell('synced', synced)
    this.tell('sync', synced)
  }

  /** Something that is no state. */
  tell<Name extends keyof ClientEvents>(name: Name, ...args: ClientEvents[Name]): void {
    try {
      this.#emitter.emit(name, ...args)
    } catch (error) {
      throwLater(this.#port.clock, error)
    }
  }

  /** Nobody listens any more. */
  end(): void {
    this.#emitter.clear()
  }
}
