/** An unmodified y-websocket provider with its document. */
import * as bc from 'lib0/broadcastchannel'
import { WebSocket } from 'ws'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { type Destination, type Make, Person } from './person.ts'
import type { Provider, ProviderClass, Version } from './versions.ts'

export class StockClient extends Person {
  readonly doc = new Y.Doc()
  readonly provider: Provider

  constructor(StockProvider: ProviderClass, to: Destination) {
    super()
    this.provider = new StockProvider(to.url, to.id ?? 'doc', this.doc, {
      WebSocketPolyfill: socketClass(to.onSocket) as unknown as typeof globalThis.WebSocket,
      disableBc: !to.tab,
    })
    this.introduce()
  }

  get awareness(): Awareness {
    return this.provider.awareness
  }

  /** The socket of the present connection. */
  get socket(): WebSocket {
    if (!this.provider.ws) throw new Error('The provider has no connection')
    return this.provider.ws as unknown as WebSocket
  }

  connect(): void {
    this.provider.connect()
  }

  disconnect(): void {
    this.provider.disconnect()
  }

  get isSynced(): boolean {
    return this.provider.synced
  }

  async synced(): Promise<void> {
    while (!this.provider.synced) {
      await new Promise<void>((resolve) => {
        this.provider.once('sync', () => resolve())
      })
    }
  }

  async disconnected(): Promise<void> {
    while (this.provider.wsconnected) {
      await new Promise<void>((resolve) => {
        this.provider.once('status', () => resolve())
      })
    }
  }

  cut(): void {
    if (this.provider.ws) this.socket.terminate()
  }

  /** Not to the other tabs either. */
  override crash(): void {
    const { provider } = this
    if (provider.bcconnected) bc.unsubscribe(provider.bcChannel, provider._bcSubscriber)
    provider.bcconnected = false
    super.crash()
  }

  /** The raw frames that come over the present connection. */
  onFrame(hear: (frame: Uint8Array) => void): void {
    this.socket.on('message', (data: Buffer) => hear(new Uint8Array(data)))
  }

  destroy(): void {
    this.provider.destroy()
    this.doc.destroy()
  }
}

type SocketAddress = ConstructorParameters<typeof WebSocket>

/**
 * What the provider opens its sockets with: those of `ws`, which can be cut. They go on speaking after `close()`, which
 * the standard forbids and providers up to 3.0 do not expect; so here they fall silent, as in a browser.
 */
function socketClass(
  onSocket: (socket: WebSocket) => void = () => {},
): new (...address: SocketAddress) => WebSocket {
  return class extends WebSocket {
    constructor(...address: SocketAddress) {
      super(...address)
      onSocket(this)
    }

    override emit(event: string | symbol, ...args: unknown[]): boolean {
      if (event === 'message' && this.readyState !== WebSocket.OPEN) return false
      return super.emit(event, ...args)
    }
  }
}

/** Connects people with that release. */
export function stock({ Provider }: Version): Make<StockClient> {
  return (to) => new StockClient(Provider, to)
}
