/**
 * The connection of one document to its relay: when to be connected, and what to tell people about it. The
 * conversation itself is in session.ts, the socket's life in line.ts. It never drops a change, never says `saved`
 * without an answer, and never names the browser.
 */

import { type Clock, type Disposer, Disposers, Emitter, type Random } from '@kolam/base'
import { CloseCode, type Message, SUBPROTOCOL } from '@kolam/protocol'
import { Awareness } from 'y-protocols/awareness'
import type { Doc, Transaction } from 'yjs'
import { applyAll } from './apply.ts'
import { comeBackAfter } from './close-code.ts'
import { Line, type LineEnd } from './line.ts'
import type { Held, HeldUpdate, Nearby } from './nearby.ts'
import { Outbox } from './outbox.ts'
import { Presence } from './presence.ts'
import { Retry } from './retry.ts'
import { Session } from './session.ts'
import type { OpenSocket } from './socket.ts'
import {
  type ConnectionState,
  sameState,
  type SaveState,
  type Status,
  statusOf,
  type Trouble,
} from './state.ts'
import { BUFFERED_BYTES_MAX, type Timing, timingOf } from './timing.ts'
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

/** Marks what was restored when the line was there already. */
const RESTORED_LATE: unique symbol = Symbol('restored late')

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

/** One document, one relay, at most one socket. */
export class Client {
  /** The document that is kept in step. */
  readonly doc: Doc
  /** Who else is there, and this person's own state. */
  readonly awareness: Awareness
  readonly #options: ClientOptions
  readonly #timing: Timing
  readonly #emitter = new Emitter<ClientEvents>()
  readonly #outbox = new Outbox()
  readonly #presence: Presence
  readonly #retry: Retry
  readonly #disposers = new Disposers()
  #link: { readonly line: Line; readonly session: Session } | null = null
  /** `held`: wanted, but the machine says it has no network. */
  #wish: 'connected' | 'held' | 'disconnected' | 'destroyed' = 'disconnected'
  #state: ConnectionState = { name: 'offline' }
  #save: SaveState = { name: 'saved' }
  /** Other tabs, where they are heard of, and what they wrote. */
  #nearby: Nearby | null = null
  #hold: Held | null = null
  #synced = false
  /** Why the last line ended, where its server said so. */
  #trouble: Trouble | null = null
  #health: { readonly degraded: boolean; readonly reason: string } = { degraded: false, reason: '' }

  constructor(options: ClientOptions) {
    const { doc, clock, random } = options
    this.#options = options
    this.#timing = timingOf(options.timing)
    const timing = this.#timing
    this.doc = doc
    this.awareness = options.awareness ?? new Awareness(doc)
    if (!options.awareness) this.#disposers.add(() => this.awareness.destroy())
    this.#retry = new Retry({ clock, random, timing, run: () => this.#open() })
    const send = (bytes: Uint8Array) => this.#sendPresence(bytes)
    const { awareness } = this
    const isNear = (id: number) => this.#nearby?.has(id) ?? false
    this.#presence = new Presence({ awareness, clock, timing, origin: this, send, isNear })
    this.#observe()
  }

  /** Where the connection stands. */
  get state(): ConnectionState {
    return this.#state
  }

  /** Where this person's changes are. */
  get save(): SaveState {
    return this.#save
  }

  /** What is not known to be on the server's disk; null when nothing is. */
  get unsaved(): Unsaved | null {
    const changes = this.#outbox.changes + (this.#hold?.changes ?? 0)
    const since = [this.#outbox.sinceMs, this.#hold?.sinceMs].filter((ms) => typeof ms === 'number')
    if (changes === 0) return null
    return { changes, sinceMs: Math.min(...since), starts: this.#outbox.starts }
  }

  /** Whether the server's document has arrived on the present line. */
  get synced(): boolean {
    return this.#synced
  }

  /** Listens until the returned disposer is called. */
  on<Name extends keyof ClientEvents>(
    name: Name,
    listener: (...args: ClientEvents[Name]) => void,
  ): Disposer {
    return this.#emitter.on(name, listener)
  }

  /**
   * Takes in what this browser kept of the document, best before connect(); only `unsaved` of it counts as changes.
   * Returns the places of the updates that cannot be read.
   */
  restore(updates: readonly Uint8Array[], unsaved: Unsaved | null): number[] {
    // On a line whose handshake is over everything is a change: the server has not told what of it it has.
    if (this.#link) return applyAll(this.doc, updates, RESTORED_LATE)
    const unreadable = applyAll(this.doc, updates, this)
    if (unsaved) {
      const { changes: count, sinceMs: atMs, starts } = unsaved
      const update = new Uint8Array()
      this.#outbox.add({ update, atMs, local: false, shared: true, starts, count })
      this.#moved()
    }
    return unreadable
  }

  /** From now on other tabs are heard of; best before connect(). */
  joinTabs(nearby: Nearby): void {
    const { clock } = this.#options
    const late = (held: readonly HeldUpdate[]) => this.#takeOver(held)
    this.#nearby = nearby
    this.#hold = nearby.createHold({ clock, holdMs: this.#timing.holdMs, late })
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
    if (this.#state.name !== 'refused' || this.#link) this.#leave()
  }

  /** The machine says it has a network again. */
  wentOnline(): void {
    if (this.#wish === 'held') this.#wish = 'connected'
    this.probe()
  }

  /** Checks the line now, or tries at once when there is none: for a page that woke up. */
  probe(): void {
    if (this.#wish === 'disconnected' || this.#wish === 'destroyed') return
    if (this.#link) {
      this.#link.line.probe()
      this.#presence.comeBack()
    } else if (this.#state.name !== 'refused') this.#tryNow()
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
    this.#disposers.dispose()
    this.#emitter.clear()
  }

  #tryNow(): void {
    if (!this.#retry.isHeld) this.#open()
    // Without a network nothing was going to be tried.
    else if (!this.#retry.isScheduled) this.#wait(this.#trouble)
  }

  #observe(): void {
    const { clock } = this.#options
    // What is in the document already may be on no disk at all; the first handshake tells.
    if (this.doc.store.clients.size > 0) {
      this.#outbox.add({ update: new Uint8Array(), atMs: clock.now(), local: false })
      this.#save = this.#currentSave()
    }
    const onUpdate = (update: Uint8Array, origin: unknown, doc: Doc, change: Transaction) => {
      if (origin === this) return
      if (this.#nearby?.isOrigin(origin)) return this.#fromTab(update)
      const { local, beforeState } = change
      const starts = new Map(local ? [[doc.clientID, beforeState.get(doc.clientID) ?? 0]] : [])
      const shared = origin === RESTORED_LATE
      this.#outbox.add({ update, atMs: clock.now(), local, starts, shared })
      this.#link?.session.changed()
      this.#moved()
    }
    const onDestroy = () => this.destroy()
    this.doc.on('update', onUpdate)
    this.doc.on('destroy', onDestroy)
    this.#disposers.add(() => this.doc.off('update', onUpdate))
    this.#disposers.add(() => this.doc.off('destroy', onDestroy))
  }

  /** Another tab wrote this: mostly the server brings it in a moment, so that only one tab sends it. */
  #fromTab(update: Uint8Array): void {
    if (this.#link?.session.isOpen) this.#hold?.add(update)
    else this.#takeOver([{ update, atMs: this.#options.clock.now() }])
    this.#moved()
  }

  #takeOver(held: readonly HeldUpdate[] = []): void {
    if (held.length === 0) return
    for (const { update, atMs } of held) {
      this.#outbox.add({ update, atMs, local: false, shared: true })
    }
    this.#link?.session.changed()
  }

  #brought(update: Uint8Array): void {
    if (this.#hold?.brought(update)) this.#moved()
  }

  #open(): void {
    this.#retry.begin()
    this.#health = { degraded: false, reason: '' }
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
    this.#become({ name: 'connecting' })
    const { openSocket, url, protocols = [SUBPROTOCOL] } = this.#options
    line.open(() => openSocket(url, [...protocols]))
  }

  #sessionOn(line: Line): Session {
    return new Session({
      doc: this.doc,
      outbox: this.#outbox,
      line,
      clock: this.#options.clock,
      timing: this.#timing,
      origin: this,
      synced: () => this.#arrived(line),
      refused: (reason) => this.#become({ name: 'refused', code: CloseCode.Forbidden, reason }),
      moved: () => this.#moved(),
      brought: (update) => this.#brought(update),
      gather: () => this.#takeOver(this.#hold?.takeAll()),
      report: (error) => this.#report(error),
      isPatient: () => this.#health.degraded,
    })
  }

  #opened(): void {
    this.#become({ name: 'syncing' })
    this.#link?.session.start()
    this.#presence.announce()
  }

  #receive(message: Message): void {
    switch (message.type) {
      case 'awareness':
        return this.#heard(message.bytes)
      case 'queryAwareness':
        return this.#presence.announce()
      case 'health':
        this.#health = message
        return this.#showHealth()
      case 'goodbye':
        return this.#retry.serverAsks(message.retryAfterMs)
      case 'ping':
      case 'pong':
        return
      case 'step1':
      case 'step2':
      case 'update':
      case 'part':
      case 'known':
      case 'auth':
        if (this.#link?.session.receive(message) === false) this.#link.line.fail('malformed')
    }
  }

  #heard(bytes: Uint8Array): void {
    try {
      if (!this.#presence.receive(bytes)) this.#link?.line.fail('malformed')
    } catch (error) {
      this.#report(error)
    }
  }

  #arrived(line: Line): void {
    if (this.#synced) return
    line.synced()
    this.#retry.synced()
    this.#setSynced(true)
    this.#showHealth()
  }

  #showHealth(): void {
    if (!this.#synced || this.#state.name === 'refused') return
    const { degraded, reason } = this.#health
    this.#become(degraded ? { name: 'degraded', reason } : { name: 'live' })
  }

  #ended(end: LineEnd): void {
    this.#letGo()
    if (end.by === 'server') return this.#closed(end)
    if (end.fault === 'malformed') this.#retry.distrust()
    this.#wait()
  }

  /** The server hung up, or the network did. */
  #closed({ code, reason }: Trouble): void {
    switch (comeBackAfter(code)) {
      case 'never':
        return this.#become({ name: 'refused', code, reason })
      case 'muchLater':
        this.#retry.hold()
        this.#wait({ code, reason })
        return this.#tell('refused', { code, reason })
      case 'slowly':
        this.#retry.distrust()
        return this.#wait({ code, reason })
      case 'soon':
        return this.#wait()
    }
  }

  #wait(trouble: Trouble | null = null): void {
    this.#trouble = trouble
    const why = trouble ? { trouble } : {}
    // Without a network the attempt that a probe asked for was the only one.
    if (this.#wish === 'held') return this.#become({ name: 'offline', ...why })
    this.#become({ name: 'offline', retryAt: this.#retry.schedule(), ...why })
  }

  /** The owner's wish to be away. */
  #leave(): void {
    if (this.#link) {
      this.hide()
      this.#link.line.close()
    }
    this.#letGo()
    this.#become({ name: 'offline' })
  }

  /** Forgets the line, which has ended. */
  #letGo(): void {
    this.#retry.cancel()
    this.#takeOver(this.#hold?.takeAll())
    this.#link?.session.stop()
    this.#link = null
    this.#presence.dropOthers()
    this.#setSynced(false)
  }

  #sendPresence(bytes: Uint8Array): 'sent' | 'later' | 'never' {
    const line = this.#link?.line
    if (!line?.isOpen) return 'never'
    if (line.bufferedBytes > BUFFERED_BYTES_MAX) return 'later'
    line.send({ type: 'awareness', bytes })
    return 'sent'
  }

  #setSynced(synced: boolean): void {
    if (this.#synced === synced) return
    this.#synced = synced
    this.#tell('synced', synced)
    this.#tell('sync', synced)
  }

  #become(state: ConnectionState): void {
    if (sameState(state, this.#state)) return
    const before = statusOf(this.#state)
    this.#state = state
    this.#tell('state', state)
    if (statusOf(state) !== before) this.#tell('status', { status: statusOf(state) })
    if (state.name === 'refused') this.#tell('refused', { code: state.code, reason: state.reason })
    this.#moved()
  }

  #moved(): void {
    const save = this.#currentSave()
    if (sameState(save, this.#save)) return
    this.#save = save
    this.#tell('save', save)
  }

  #currentSave(): SaveState {
    const { unsaved } = this
    if (!unsaved) return { name: 'saved' }
    const { changes, sinceMs: since } = unsaved
    const goesOn = statusOf(this.#state) === 'connected'
    return goesOn ? { name: 'saving', changes } : { name: 'local', changes, since }
  }

  #tell<Name extends keyof ClientEvents>(name: Name, ...args: ClientEvents[Name]): void {
    try {
      this.#emitter.emit(name, ...args)
    } catch (error) {
      this.#report(error)
    }
  }

  /** An error of the app's own listeners goes to the platform, in a turn where it cannot break the connection. */
  #report(error: unknown): void {
    this.#options.clock.after(0, () => {
      throw error
    })
  }
}
