/**
 * A guest on a bare socket, who speaks as stock clients do and says nothing of presence: y-websocket's messages, or the
 * same as Hocuspocus wants them, each after the name of its document.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as sync from 'y-protocols/sync'
import * as Y from 'yjs'
import type { Guest, Place } from './guest.ts'

/** How a server is spoken to. */
export type Dialect = 'y-websocket' | 'hocuspocus'

const SYNC = 0
const AUTH = 2
/** Of Hocuspocus only. */
const SYNC_REPLY = 4
const SYNC_STATUS = 8
const TOKEN = 0
const AUTHENTICATED = 2

type Write = (encoder: encoding.Encoder) => void

export class BareGuest implements Guest {
  readonly doc = new Y.Doc()
  readonly synced: Promise<void>
  readonly closed: Promise<void>
  readonly #socket: WebSocket
  /** Begins every message, where the server wants that. */
  readonly #name: string | null
  readonly #markSynced: () => void
  #onSaved: () => void = () => {}
  /** Changes sent that the server has not answered with a status; only Hocuspocus does. */
  #unanswered = 0

  constructor({ syncUrl, id }: Place, dialect: Dialect) {
    const whenSynced = Promise.withResolvers<void>()
    const whenClosed = Promise.withResolvers<void>()
    this.synced = whenSynced.promise
    this.closed = whenClosed.promise
    this.#markSynced = whenSynced.resolve
    this.#name = dialect === 'hocuspocus' ? id : null
    this.#socket = new WebSocket(`${syncUrl}/${id}`)
    this.#socket.on('open', () => (this.#name === null ? this.#askForAll() : this.#introduce()))
    this.#socket.on('message', (data: Buffer) => this.#receive(new Uint8Array(data)))
    // `close` follows and says all there is to know.
    this.#socket.on('error', () => {})
    this.#socket.on('close', () => whenClosed.resolve())
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.#sendChange((encoder) => sync.writeUpdate(encoder, update))
    })
  }

  onSaved(listener: () => void): void {
    this.#onSaved = listener
  }

  destroy(): void {
    this.#socket.terminate()
  }

  #introduce(): void {
    this.#send(AUTH, (encoder) => {
      encoding.writeVarUint(encoder, TOKEN)
      encoding.writeVarString(encoder, '')
      encoding.writeVarString(encoder, '4.7.0')
    })
  }

  #askForAll(): void {
    this.#send(SYNC, (encoder) => sync.writeSyncStep1(encoder, this.doc))
  }

  #receive(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame)
    if (this.#name !== null) decoding.readVarString(decoder)
    switch (decoding.readVarUint(decoder)) {
      case SYNC:
      case SYNC_REPLY:
        return this.#sync(decoder)
      case AUTH:
        if (decoding.readVarUint(decoder) === AUTHENTICATED) this.#askForAll()
        return
      case SYNC_STATUS:
        return this.#answered()
    }
  }

  #sync(decoder: decoding.Decoder): void {
    const answer = encoding.createEncoder()
    const step = sync.readSyncMessage(decoder, answer, this.doc, this)
    if (step === sync.messageYjsSyncStep2) this.#markSynced()
    if (step !== sync.messageYjsSyncStep1) return
    this.#sendChange((encoder) => encoding.writeUint8Array(encoder, encoding.toUint8Array(answer)))
  }

  /** As Hocuspocus' own provider counts, when it says that there are no unsynced changes. */
  #answered(): void {
    this.#unanswered -= 1
    if (this.#unanswered === 0) this.#onSaved()
  }

  #sendChange(write: Write): void {
    this.#unanswered += 1
    this.#send(SYNC, write)
  }

  #send(type: number, write: Write): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return
    const encoder = encoding.createEncoder()
    if (this.#name !== null) encoding.writeVarString(encoder, this.#name)
    encoding.writeVarUint(encoder, type)
    write(encoder)
    this.#socket.send(encoding.toUint8Array(encoder))
  }
}
