/**
 * The tabs of one document in one browser: they share what they write and who they are, also without a server. What came
 * from a tab is never posted again, and what came from the server neither: each tab has a line of its own for that.
 */

import { type Clock, Disposers } from '@kolam/base'
import { type Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { applyUpdate, type Doc, encodeStateAsUpdate, encodeStateVector } from 'yjs'
import type { Held, HoldOptions, Nearby } from '../nearby.ts'
import { Pace } from '../pace.ts'
import type { Channel } from './channel.ts'
import { Hold } from './hold.ts'
import { decodeTabMessage, encodeTabMessage, type TabMessage } from './message.ts'

/** What the tabs of a document stand on. */
export interface TabsOptions {
  readonly doc: Doc
  readonly awareness: Awareness
  readonly channel: Channel
  readonly clock: Clock
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
  readonly #options: TabsOptions
  readonly #disposers = new Disposers()
  readonly #pace: Pace
  /** Awareness ids heard on the channel. */
  readonly #near = new Set<number>()
  #serverOrigin: unknown = null
  #started = false

  constructor(options: TabsOptions) {
    const { clock, channel } = options
    this.#options = options
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
    this.#post({ type: 'hello', from: doc.clientID, vector: encodeStateVector(doc) })
    this.#announce()
  }

  /** Tells the others that this tab goes; the state itself stays for a return. */
  leave(): void {
    const { awareness } = this.#options
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

  #changed(update: Uint8Array, origin: unknown): void {
    if (origin !== this && origin !== this.#serverOrigin) this.#post({ type: 'update', update })
  }

  /** What a listener throws, or another tab's mistake, goes to the platform in a turn of its own. */
  #receive(bytes: Uint8Array): void {
    try {
      this.#act(decodeTabMessage(bytes))
    } catch (error) {
      this.#options.clock.after(0, () => {
        throw error
      })
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
      case undefined:
    }
  }

  #answer({ from, vector }: Extract<TabMessage, { type: 'hello' }>): void {
    const { doc } = this.#options
    const update = encodeStateAsUpdate(doc, vector)
    this.#post({ type: 'state', to: from, vector: encodeStateVector(doc), update })
    this.#postPresence()
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
    applyUpdate(this.#options.doc, update, this)
  }

  #take(entries: Uint8Array): void {
    applyAwarenessUpdate(this.#options.awareness, entries, this)
  }

  #heard({ added, updated, removed }: PresenceChanges, origin: unknown): void {
    const { clientID } = this.#options.awareness
    if (origin === this) for (const id of [...added, ...updated]) this.#near.add(id)
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
