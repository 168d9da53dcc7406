/** Honest people: a stock y-websocket client and a Kolam client, and everything that went wrong for them. */
import { systemClock, systemRandom } from '@kolam/base'
import { Client } from '@kolam/client'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { openWsSocket } from '../../relay/support/ws-socket.ts'

/** Where somebody goes to: a relay's address and a document. */
export interface Place {
  readonly url: string
  readonly id: string
}

/** A person, whatever client they use. */
export interface Honest {
  readonly name: string
  readonly doc: Y.Doc
  readonly awareness: Client['awareness']
  /** Every time the connection was lost. */
  readonly troubles: readonly string[]
  /** Rejects when the connection is lost. */
  readonly loss: Promise<never>
  /** Resolves when it is so; looks at every change of document or presence. Rejects when the connection is lost. */
  until(isSo: () => boolean): Promise<void>
  /** Resolves when everything has arrived. */
  synced(): Promise<void>
  leave(): void
}

/** Somebody with an unmodified y-websocket provider. */
export function stockHonest(name: string, { url, id }: Place): Honest {
  const doc = new Y.Doc()
  const provider = new WebsocketProvider(url, id, doc, {
    WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  })
  const { awareness } = provider
  const person = new Person(name, { doc, awareness, end: () => provider.destroy() })
  provider.on('connection-close', (event) => person.lost(`closed with ${event?.code ?? 'nothing'}`))
  provider.on('sync', (isSynced: boolean) => {
    if (isSynced) person.arrived()
  })
  return person
}

/** A person who is told by their client whether what they did is saved. */
export interface KolamHonest extends Honest {
  readonly client: Client
}

/** Somebody with a Kolam client. */
export function kolamHonest(name: string, { url, id }: Place): KolamHonest {
  const doc = new Y.Doc()
  const openSocket = (url: string, protocols: string[]) => openWsSocket(url, protocols)
  const ports = { clock: systemClock, random: systemRandom, openSocket }
  const client = new Client({ url: `${url}/${id}`, doc, ...ports })
  const { awareness } = client
  const person = new Person(name, { doc, awareness, end: () => client.destroy() })
  client.on('state', (state) => {
    if (state.name === 'offline' || state.name === 'refused') person.lost(JSON.stringify(state))
  })
  client.on('sync', (isSynced) => {
    if (isSynced) person.arrived()
  })
  client.connect()
  return Object.assign(person, { client })
}

class Person implements Honest {
  readonly name: string
  readonly doc: Y.Doc
  readonly awareness: Client['awareness']
  readonly troubles: string[] = []
  readonly #end: () => void
  readonly #arrival = Promise.withResolvers<void>()
  readonly #loss = Promise.withResolvers<never>()
  #left = false

  constructor(name: string, more: { doc: Y.Doc; awareness: Client['awareness']; end: () => void }) {
    this.name = name
    this.doc = more.doc
    this.awareness = more.awareness
    this.#end = more.end
    this.#loss.promise.catch(() => {})
  }

  arrived(): void {
    this.#arrival.resolve()
  }

  lost(why: string): void {
    if (this.#left) return
    this.troubles.push(`${this.name}: ${why}`)
    this.#loss.reject(new Error(`${this.name} lost the connection: ${why}`))
  }

  get loss(): Promise<never> {
    return this.#loss.promise
  }

  synced(): Promise<void> {
    return Promise.race([this.#arrival.promise, this.loss])
  }

  async until(isSo: () => boolean): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const look = (): void => {
      if (isSo()) resolve()
    }
    this.doc.on('update', look)
    this.awareness.on('change', look)
    look()
    try {
      await Promise.race([promise, this.loss])
    } finally {
      this.doc.off('update', look)
      this.awareness.off('change', look)
    }
  }

  leave(): void {
    if (this.#left) return
    this.#left = true
    this.#end()
    this.doc.destroy()
  }
}
