/** An unmodified y-websocket provider with its document. */
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

export class StockClient {
  readonly doc = new Y.Doc()
  readonly provider: WebsocketProvider

  constructor(url: string, id = 'doc') {
    this.provider = new WebsocketProvider(url, id, this.doc, {
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
      disableBc: true,
    })
    this.provider.awareness.setLocalStateField('name', `client ${this.clientId}`)
  }

  get clientId(): number {
    return this.doc.clientID
  }

  get text(): Y.Text {
    return this.doc.getText('text')
  }

  /** Resolves when the provider says that it has everything. */
  async synced(): Promise<void> {
    while (!this.provider.synced) {
      await new Promise<void>((resolve) => {
        this.provider.once('sync', () => resolve())
      })
    }
  }

  /** Resolves when the document is as wanted. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await new Promise<void>((resolve) => {
        this.doc.once('update', () => resolve())
      })
    }
  }

  /** Whether the other one's presence is to be seen here. */
  sees(other: StockClient): boolean {
    const state = this.provider.awareness.getStates().get(other.clientId)
    return state?.['name'] === `client ${other.clientId}`
  }

  /** Resolves when it is, or is no more. */
  async untilSees(other: StockClient, isSeen = true): Promise<void> {
    while (this.sees(other) !== isSeen) {
      await new Promise<void>((resolve) => {
        this.provider.awareness.once('change', () => resolve())
      })
    }
  }

  /** Cuts the line without a word; the provider comes back by itself. */
  cut(): void {
    const socket = this.provider.ws as unknown as WebSocket | null
    socket?.terminate()
  }

  /** Says what happens to come over the wire as raw frames. */
  onFrame(hear: (frame: Uint8Array) => void): void {
    const socket = this.provider.ws as unknown as WebSocket
    socket.on('message', (data: Buffer) => hear(new Uint8Array(data)))
  }

  destroy(): void {
    this.provider.destroy()
    this.doc.destroy()
  }
}
