/** Somebody who works on a board for a while, with one kind of client, and remembers what they were told is saved. */
import type { IncomingMessage } from 'node:http'
import type { WebSocket } from 'ws'
import type * as Y from 'yjs'
import type { Kind } from '../../relay/support/kinds.ts'
import { KolamClient } from '../../relay/support/kolam-client.ts'
import type { Person } from '../../relay/support/person.ts'
import type { ProxyLine, TcpProxy } from '../../relay/support/tcp-proxy.ts'
import type { Board } from './board.ts'
import type { Deed } from './facts.ts'

/** What was done and not yet heard to be saved. */
interface Pending {
  readonly update: Uint8Array
  readonly deed: Deed
}

export class Guest {
  readonly name: string
  readonly board: Board
  readonly person: Person
  readonly #proxy: TcpProxy
  #pending: Pending[] = []
  #update: Uint8Array | null = null
  #port: number | null = null
  #isGone = false

  constructor(name: string, { kind, board, proxy }: { kind: Kind; board: Board; proxy: TcpProxy }) {
    this.board = board
    this.#proxy = proxy
    const onSocket = (socket: WebSocket): void => this.#watch(socket)
    this.person = kind.make({ url: proxy.syncUrl, id: board.id, onSocket })
    this.name = `${name}, ${this.person.clientId} (${kind.name}) on ${board.id}`
    this.person.doc.on(
      'update',
      (update: Uint8Array, _: unknown, __: Y.Doc, { local }: Y.Transaction) => {
        if (local) this.#update = update
      },
    )
    const { person } = this
    if (person instanceof KolamClient) {
      person.client.on('save', (save) => {
        if (save.name === 'saved') this.#allSaved()
      })
    }
  }

  /** The line of the newest connection, while it is open. */
  get line(): ProxyLine | undefined {
    return this.#port === null ? undefined : this.#proxy.lineFrom(this.#port)
  }

  /** Whether there is nothing to wait for: all is here, and what the client can tell of is saved. */
  get isSettled(): boolean {
    const { person } = this
    return (
      person.isSynced && (!(person instanceof KolamClient) || person.client.save.name === 'saved')
    )
  }

  /** Changes the document in one transaction. */
  edit(run: (doc: Y.Doc) => Deed): void {
    if (this.#isGone) return
    this.#update = null
    const deed = run(this.person.doc)
    if (!this.#update) return
    this.board.facts.done(deed)
    this.#pending.push({ update: this.#update, deed })
  }

  /** Goes for good, politely or not. */
  go(how: 'destroy' | 'crash'): void {
    this.#isGone = true
    this.person[how]()
  }

  /** Goes online, unless it has gone for good. */
  connect(): void {
    if (!this.#isGone) this.person.connect()
  }

  /** What the relay has said since is on disk, to whomever it said so, is saved. */
  settle(isSaved: (update: Uint8Array) => boolean): void {
    this.#pending = this.#pending.filter(({ update, deed }) => {
      if (!isSaved(update)) return true
      this.board.facts.saved(deed)
      return false
    })
  }

  /** A Kolam client says `saved` of everything it has. */
  #allSaved(): void {
    for (const { update, deed } of this.#pending) {
      this.board.ledger.told(update)
      this.board.facts.saved(deed)
    }
    this.#pending = []
  }

  #watch(socket: WebSocket): void {
    socket.on('upgrade', ({ socket: { localPort } }: IncomingMessage) => {
      this.#port = localPort ?? null
    })
    socket.on('message', (data: Buffer | ArrayBuffer) => {
      this.board.ledger.hear(new Uint8Array(data))
    })
  }
}
