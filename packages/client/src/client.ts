/**
 * The connection of one document to its relay: when to be connected, and what to tell people about it. The
 * conversation itself is in session.ts, the socket's life in line.ts. It never drops a change, never says `saved`
 * without an answer, and never names the browser.
 */

import type { Clock, Disposer, Random } from '@kolam/base'
import { CloseCode, SUBPROTOCOL } from '@kolam/protocol'
import { Awareness } from 'y-protocols/awareness'
import type { Doc } from 'yjs'
import { type Apply, Changes } from './changes.ts'
import { comeBackAfter } from './close-code.ts'
import { Line, type LineEnd, type Said } from './line.ts'
import type { Nearby } from './nearby.ts'
import { type ClientEvents, News } from './news.ts'
import { Presence } from './presence.ts'
import { Retry } from './retry.ts'
import { Session, type SyncMessage } from './session.ts'
import type { OpenSocket } from './socket.ts'
import type { ConnectionState, SaveState, Trouble } from './state.ts'
import { type Timing, timingOf } from './timing.ts'
import type { Unsaved } from './unsaved.ts'

/** What a client stands on. */
export interface ClientOptions {
  /** ws://host/sync/<document id> */
  readonly url: string
  readonly doc: Doc
  /** Presence of an app that keeps its own; the client makes one otherwise. */
  readonly awareness?: Awareness
  readonly clock: Clock
  readonly random: Random
  readonly openSocket: OpenSocket
  /** Subprotocols to offer; none for a y-websocket server that chooses none. Default: kolam.1. */
  readonly protocols?: readonly string[]
  /** Waits that are to be others than those of `TIMING`. */
  readonly timing?: Partial<Timing>
}

/** One document, one relay, at most one socket. */
export class Client {
  /** The document that is kept in step. */
  readonly doc: Doc
  /** Who else is there, and this person's own state. */
  readonly awareness: Awareness
  readonly #options: ClientOptions
  readonly #timing: Timing
  readonly #news: News
  readonly #changes: Changes
  readonly #presence: Presence
  readonly #retry: Retry
  #link: { readonly line: Line; readonly session: Session } | null = null
  /** `held`: wanted, but the machine says it has no network. */
  #wish: 'connected' | 'held' | 'disconnected' | 'destroyed' = 'disconnected'
  /** Why the last line ended, where its server said so. */
  #trouble: Trouble | null = null
  /** Why the server's store does not work; null while it does. */
  #illness: string | null = null
  readonly #onDestroy = () => this.destroy()

  constructor(options: ClientOptions) {
    const { doc, clock, random } = options
    this.#options = options
    const timing = timingOf(options.timing)
    this.#timing = timing
    this.doc = doc
    this.awareness = options.awareness ?? new Awareness(doc)
    this.#news = new News({ clock, unsaved: () => this.unsaved })
    this.#changes = new Changes({
      doc,
      clock,
      holdMs: timing.holdMs,
      origin: this,
      isTaking: () => this.#link?.session.isOpen ?? false,
      added: () => this.#link?.session.changed(),
      moved: () => this.#news.moved(),
    })
    this.#presence = new Presence({
      awareness: this.awareness,
      clock,
      timing,
      origin: this,
      send: (bytes) => this.#sendPresence(bytes),
      isNear: (id) => this.#changes.isNear(id),
    })
    this.#retry = new Retry({ clock, random, timing, run: () => this.#open() })
    this.#news.moved()
    doc.on('destroy', this.#onDestroy)
  }

  /** Where the connection stands. */
  get state(): ConnectionState {
    return this.#news.state
  }

  /** Where this person's changes are. */
  get save(): SaveState {
    return this.#news.save
  }

  /** What is not known to be on the server's disk; null when nothing is. */
  get unsaved(): Unsaved | null {
    return this.#changes.unsaved
  }

  /** Whether the server's document has arrived on the present line. */
  get synced(): boolean {
    return this.#news.synced
  }

  /** Listens until the returned disposer is called. */
  on<Name extends keyof ClientEvents>(
    name: Name,
    listener: (...args: ClientEvents[Name]) => void,
  ): Disposer {
    return this.#news.on(name, listener)
  }

  /**
   * Has what this browser kept put into the document under an origin of the client's, best before connect(); only `unsaved`
   * of it counts as changes.
   */
  restore(unsaved: Unsaved | null, apply: Apply): void {
    this.#changes.restore(unsaved, apply, this.#link !== null)
  }

  /** From now on other tabs are heard of; best before connect(). */
  joinTabs(nearby: Nearby): void {
    this.#changes.joinTabs(nearby)
  }

  /** Connects and stays connected, also again after a refusal. */
  connect(): void {
    if (this.#wish === 'destroyed') return
    this.#wish = 'connected'
    if (!this.#link) this.#open()
  }

  /** Hands over what it can, leaves, and stays away. */
  disconnect(): void {
    if (this.#wish === 'destroyed') return
    this.#wish = 'disconnected'
    this.#leave()
  }

  /** The machine says it has no network: no line, and no attempts until wentOnline() or probe(). */
  wentOffline(): void {
    if (this.#wish !== 'connected') return
    this.#wish = 'held'
    if (this.state.name !== 'refused' || this.#link) this.#leave()
  }

  /** The machine says it has a network again. */
  wentOnline(): void {
    if (this.#wish === 'held') this.#wish = 'connected'
    this.#check()
  }

  /** Nobody sees the page: this person stays, and does not move until probe(). */
  wentHidden(): void {
    this.#presence.setSeen(false)
  }

  /** Checks the line now, or tries at once when there is none: for a page that woke up, or is seen again. */
  probe(): void {
    this.#presence.setSeen(true)
    this.#check()
  }

  /** The page may be gone in a moment: hands over what waits and takes this person's presence back. */
  hide(): void {
    this.#link?.session.flushNow()
    this.#presence.leave()
  }

  /** Ends everything for good; the document stays. */
  destroy(): void {
    if (this.#wish === 'destroyed') return
    this.disconnect()
    this.#wish = 'destroyed'
    this.#presence.stop()
    this.#changes.stop()
    this.doc.off('destroy', this.#onDestroy)
    if (!this.#options.awareness) this.awareness.destroy()
    this.#news.end()
  }

  #check(): void {
    if (this.#wish === 'disconnected' || this.#wish === 'destroyed') return
    if (this.#link) {
      this.#link.line.probe()
      this.#presence.comeBack()
    } else if (this.state.name !== 'refused') this.#tryNow()
  }

  #tryNow(): void {
    if (!this.#retry.isHeld) this.#open()
    // Without a network nothing was going to be tried.
    else if (!this.#retry.isScheduled) this.#wait(this.#trouble)
  }

  #open(): void {
    this.#retry.begin()
    this.#illness = null
    const line = new Line(
      { clock: this.#options.clock, timing: this.#timing },
      {
        opened: () => this.#opened(),
        message: (message) => this.#receive(message),
        dialect: (dialect) => session.dialect(dialect),
        askStock: () => session.askMark(),
        ended: (end) => this.#ended(end),
      },
    )
    const session = this.#sessionOn(line)
    this.#link = { line, session }
    this.#news.become({ name: 'connecting' })
    const { openSocket, url, protocols = [SUBPROTOCOL] } = this.#options
    line.open(() => openSocket(url, [...protocols]))
  }

  #sessionOn(line: Line): Session {
    return new Session({
      doc: this.doc,
      changes: this.#changes,
      line,
      clock: this.#options.clock,
      timing: this.#timing,
      origin: this,
      synced: () => this.#arrived(line),
      refused: (reason) =>
        this.#news.become({ name: 'refused', code: CloseCode.Forbidden, reason }),
      isPatient: () => this.#illness !== null,
    })
  }

  #opened(): void {
    this.#news.become({ name: 'syncing' })
    this.#link?.session.start()
    this.#presence.announce()
  }

  #receive(message: Said): void {
    if (message.type === 'queryAwareness') this.#presence.announce()
    else if (message.type === 'health') this.#showHealth(message.degraded ? message.reason : null)
    else if (message.type === 'goodbye') this.#retry.serverAsks(message.retryAfterMs)
    else if (!this.#isSound(message)) this.#link?.line.fail('malformed')
  }

  /** Has what is about the document or the people taken in. */
  #isSound(message: SyncMessage | Extract<Said, { type: 'awareness' }>): boolean {
    if (message.type === 'awareness') return this.#presence.receive(message.bytes)
    return this.#link?.session.receive(message) ?? true
  }

  #arrived(line: Line): void {
    if (this.synced) return
    line.synced()
    this.#retry.synced()
    this.#news.setSynced(true)
    this.#showHealth(this.#illness)
  }

  #showHealth(reason: string | null): void {
    this.#illness = reason
    if (!this.synced || this.state.name === 'refused') return
    this.#news.become(reason === null ? { name: 'live' } : { name: 'degraded', reason })
  }

  #ended(end: LineEnd): void {
    this.#letGo()
    if (end.by === 'server') return this.#closed(end)
    if (end.fault === 'malformed') this.#retry.distrust()
    this.#wait()
  }

  /** The server hung up, or the network did. */
  #closed({ code, reason }: Trouble): void {
    const trouble = { code, reason }
    switch (comeBackAfter(code)) {
      case 'never':
        return this.#news.become({ name: 'refused', ...trouble })
      case 'muchLater':
        this.#retry.hold()
        this.#wait(trouble)
        return this.#news.tell('refused', trouble)
      case 'slowly':
        this.#retry.distrust()
        return this.#wait(trouble)
      case 'soon':
        return this.#wait()
    }
  }

  #wait(trouble: Trouble | null = null): void {
    this.#trouble = trouble
    const why = trouble ? { trouble } : {}
    // Without a network the attempt that a probe asked for was the only one.
    if (this.#wish === 'held') return this.#news.become({ name: 'offline', ...why })
    this.#news.become({ name: 'offline', retryAt: this.#retry.schedule(), ...why })
  }

  /** The owner's wish to be away. */
  #leave(): void {
    if (this.#link) {
      this.hide()
      this.#link.line.close()
    }
    this.#letGo()
    this.#news.become({ name: 'offline' })
  }

  /** Forgets the line, which has ended. */
  #letGo(): void {
    this.#retry.cancel()
    this.#changes.gather()
    this.#link?.session.stop()
    this.#link = null
    this.#presence.dropOthers()
    this.#news.setSynced(false)
  }

  #sendPresence(bytes: Uint8Array): boolean {
    const line = this.#link?.line
    if (line?.isFull) return false
    line?.send({ type: 'awareness', bytes })
    return true
  }
}
