/**
 * The tabs of one document in one browser: they share what they write and who they are, also without a server. What came
 * from a tab is never posted again, and what came from the server neither: each tab has a line of its own for that.
 */

import { type Clock, Disposers } from '@kolam/base'
import {
  type Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness'
import { applyUpdate, type Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs'
import type { Held, HoldOptions, Nearby } from '../nearby.ts'
import { Pace } from '../pace.ts'
import { hasPending } from '../pending.ts'
import { throwLater } from '../throw-later.ts'
import type { Channel } from './channel.ts'
import { Hold } from './hold.ts'
import { Lives } from './lives.ts'
import type { Locks } from './locks.ts'
import { decodeTabMessage, encodeTabMessage, type TabMessage } from './message.ts'

/** What the tabs of a document stand on. */
export interface TabsOptions {
  readonly doc: Doc
  readonly awareness: Awareness
  readonly channel: Channel
  readonly clock: Clock
  /** Where there are none, a tab that went without a word is missed only when it was silent for long. */
  readonly locks?: Locks | null
}

interface PresenceChanges {
  readonly added: readonly number[]
  readonly updated: readonly number[]
  readonly removed: readonly number[]
}

/** About 30 a second, as on the wire. */
const PRESENCE_MS = 33

/** This tab's end of the channel. */
export class Tabs implements Nearby {
  onWaiting: ((update: Uint8Array) => void) | null = null
  readonly #options: TabsOptions
  readonly #disposers = new Disposers()
  readonly #pace: Pace
  /** Awareness ids heard on the channel. */
  readonly #near = new Set<number>()
  readonly #lives: Lives | null
  #serverOrigin: unknown = null
  #started = false

  constructor(options: TabsOptions) {
    const { clock, channel, locks } = options
    this.#options = options
    this.#lives = locks ? this.#livesBy(locks) : null
    this.#pace = new Pace({ clock, intervalMs: PRESENCE_MS, run: () => this.#postPresence() })
    this.#disposers.add(() => channel.close())
  }

  isOrigin(origin: unknown): boolean {
    return origin === this
  }

  has(clientId: number): boolean {
    return this.#near.has(clientId)
  }

  createHold(options: HoldOptions): Held {
    return new Hold(options)
  }

  /** How many other tabs have said who they are. */
  get size(): number {
    return this.#near.size
  }

  /** Meets the others; `serverOrigin` marks what the server brought. To be called when the document has been read. */
  start(serverOrigin: unknown): void {
    if (this.#started) return
    this.#started = true
    this.#serverOrigin = serverOrigin
    const { doc, awareness, channel } = this.#options
    const onUpdate = (update: Uint8Array, origin: unknown) => this.#changed(update, origin)
    const onPresence = (changes: PresenceChanges, origin: unknown) => this.#heard(changes, origin)
    channel.listener = (bytes) => this.#receive(bytes)
    doc.on('update', onUpdate)
    awareness.on('update', onPresence)
    this.#disposers.add(() => {
      channel.listener = null
      doc.off('update', onUpdate)
      awareness.off('update', onPresence)
      this.#pace.stop()
    })
    this.meet()
  }

  /** Asks the others what they have: at the start, and after a sleep in which nothing was heard. */
  meet(): void {
    if (!this.#started) return
    const { doc } = this.#options
    this.#lives?.begin()
    this.#post({ type: 'hello', from: doc.clientID, vector: encodeStateVector(doc) })
    this.#announce()
  }

  /** Tells the others that this tab goes; the state itself stays for a return. */
  leave(): void {
    const { awareness } = this.#options
    this.#lives?.end()
    if (!this.#started || !awareness.meta.has(awareness.clientID)) return
    this.#pace.stop()
    const gone = encodeAwarenessUpdate(awareness, [awareness.clientID], new Map())
    this.#post({ type: 'presence', entries: gone })
  }

  /** Leaves for good. */
  stop(): void {
    this.leave()
    this.#disposers.dispose()
  }

  #livesBy(locks: Locks): Lives {
    const { awareness } = this.#options
    const { clientID: id } = awareness
    const say = () => this.#post({ type: 'alive', from: id })
    return new Lives({
      locks,
      id,
      say,
      taken: () => {
        say()
        this.#announce()
      },
      gone: (other) => removeAwarenessStates(awareness, [other], this),
    })
  }

  #changed(update: Uint8Array, origin: unknown): void {
    if (origin !== this && origin !== this.#serverOrigin) this.#post({ type: 'update', update })
  }

  /** What a listener throws, or another tab's mistake, goes to the platform in a turn of its own. */
  #receive(bytes: Uint8Array): void {
    try {
      this.#act(decodeTabMessage(bytes))
    } catch (error) {
      throwLater(this.#options.clock, error)
    }
  }

  #act(message: TabMessage | null): void {
    switch (message?.type) {
      case 'hello':
        return this.#answer(message)
      case 'state':
        return this.#met(message)
      case 'update':
        return this.#apply(message.update)
      case 'presence':
        return this.#take(message.entries)
      case 'who':
        return this.#announce()
      case 'alive':
        return this.#lives?.heard(message.from)
      case undefined:
    }
  }

  #answer({ from, vector }: Extract<TabMessage, { type: 'hello' }>): void {
    const { doc } = this.#options
    const update = encodeStateAsUpdate(doc, vector)
    this.#post({ type: 'state', to: from, vector: encodeStateVector(doc), update })
    this.#postPresence()
    this.#lives?.say()
  }

  /** Another tab answered somebody's hello: all may learn from it, but only who asked says what it lacks itself. */
  #met({ to, vector, update }: Extract<TabMessage, { type: 'state' }>): void {
    const { doc } = this.#options
    this.#apply(update)
    if (to === doc.clientID) {
      this.#post({ type: 'update', update: encodeStateAsUpdate(doc, vector) })
    }
  }

  #apply(update: Uint8Array): void {
    const { doc } = this.#options
    applyUpdate(doc, update, this)
    // What stands on something that is missing comes in with a transaction of whoever brings that.
    if (hasPending(doc)) this.onWaiting?.(update)
  }

  #take(entries: Uint8Array): void {
    applyAwarenessUpdate(this.#options.awareness, entries, this)
  }

  #heard({ added, updated, removed }: PresenceChanges, origin: unknown): void {
    const { clientID } = this.#options.awareness
    for (const id of origin === this ? [...added, ...updated] : []) {
      this.#near.add(id)
      this.#lives?.seen(id)
    }
    const lost = removed.filter((id) => this.#near.delete(id))
    // The server lost the line of a tab that may well live, and say so itself.
    if (lost.length > 0 && origin === this.#serverOrigin) this.#post({ type: 'who' })
    if ([...added, ...updated].includes(clientID)) this.#pace.request()
  }

  /** With a clock nobody has seen, so that it is not taken for old. */
  #announce(): void {
    const { awareness } = this.#options
    const state = awareness.getLocalState()
    if (state !== null) awareness.setLocalState(state)
  }

  #postPresence(): void {
    const { awareness } = this.#options
    if (awareness.getLocalState() === null) return
    const entries = encodeAwarenessUpdate(awareness, [awareness.clientID])
    this.#post({ type: 'presence', entries })
  }

  #post(message: TabMessage): void {
    this.#options.channel.post(encodeTabMessage(message))
  }
}
