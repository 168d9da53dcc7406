/** A client of `@kolam/client` with its document, over real sockets. */
import { systemClock, systemRandom } from '@kolam/base'
import { Client, type OpenSocket, type Timing } from '@kolam/client'
import type { WebSocket } from 'ws'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { type Destination, Person } from './person.ts'
import { openWsSocket } from './ws-socket.ts'

export class KolamClient extends Person {
  readonly doc = new Y.Doc()
  readonly client: Client
  #socket: WebSocket | null = null

  /** Over WebSocket unless it is given another way. */
  constructor(
    { url, id = 'doc', onSocket }: Destination,
    timing: Partial<Timing> = {},
    openSocket?: OpenSocket,
  ) {
    super()
    this.client = new Client({
      url: `${url}/${id}`,
      doc: this.doc,
      clock: systemClock,
      random: systemRandom,
      timing,
      openSocket:
        openSocket ??
        ((address, protocols) =>
          openWsSocket(address, protocols, (socket) => {
            this.#socket = socket
            onSocket?.(socket)
          })),
    })
    this.introduce()
    this.client.connect()
  }

  get awareness(): Awareness {
    return this.client.awareness
  }

  connect(): void {
    this.client.connect()
  }

  disconnect(): void {
    this.client.disconnect()
  }

  get isSynced(): boolean {
    return this.client.synced
  }

  async synced(): Promise<void> {
    await this.#once('synced', () => this.client.synced)
  }

  async disconnected(): Promise<void> {
    await this.#once('synced', () => !this.client.synced)
  }

  /** Resolves when everything of this client is on the relay's disk. */
  async saved(): Promise<void> {
    await this.#once('save', () => this.client.save.name === 'saved')
  }

  cut(): void {
    this.#socket?.terminate()
  }

  destroy(): void {
    this.client.destroy()
    this.doc.destroy()
  }

  /** Resolves when it is so, which events of that name may change. */
  async #once(name: 'synced' | 'save', isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await new Promise<void>((resolve) => {
        const stop = this.client.on(name, () => {
          stop()
          resolve()
        })
      })
    }
  }
}
