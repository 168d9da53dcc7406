/** A server that dies and comes back: the real relay over a disk, one life after the other. */
import type { Random } from '@kolam/base'
import { SUBPROTOCOL } from '@kolam/protocol'
import { type Limits, type Peer, Relay } from '@kolam/relay'
import { memoryWire, messagesOf } from '@kolam/relay/testing'
import { yjsDocuments } from '@kolam/relay/yjs'
import { encodeMessage } from '@kolam/protocol'
import type { SimClock } from './sim-clock.ts'
import type { SimDisk, SimStore } from './sim-disk.ts'
import type { Accepted, LineHost, ServerEnd } from './sim-line.ts'

/** Compaction and unloading as often as in a week of a real server. */
const LIMITS: Partial<Limits> = {
  compactUpdates: 25,
  compactPauseMs: 300,
  compactOnUnloadUpdates: 4,
  unloadMs: 1_500,
}

interface Life {
  readonly relay: Relay
  readonly store: SimStore
}

export class SimServer implements LineHost {
  readonly #clock: SimClock
  readonly #random: Random
  readonly #disk: SimDisk
  readonly #id: string
  #life: Life | null = null

  constructor(ports: { clock: SimClock; random: Random; disk: SimDisk; id: string }) {
    this.#clock = ports.clock
    this.#random = ports.random
    this.#disk = ports.disk
    this.#id = ports.id
    this.start()
  }

  get isUp(): boolean {
    return this.#life !== null
  }

  start(): void {
    if (this.#life) return
    const store = this.#disk.open()
    const ports = { clock: this.#clock, random: this.#random, limits: LIMITS }
    this.#life = { store, relay: new Relay({ store, documents: yjsDocuments(), ...ports }) }
  }

  /** `kill -9`: everything in memory is gone. Whoever has the lines cuts them. */
  kill(): void {
    this.#life?.store.kill()
    this.#life = null
  }

  /** `SIGTERM`: what came is stored, everybody is told when to come back. */
  async stop(): Promise<void> {
    const life = this.#life
    if (!life) return
    await life.relay.close()
    if (this.#life !== life) return
    life.store.kill()
    this.#life = null
  }

  accept(end: ServerEnd, protocols: readonly string[]): Accepted | null {
    const life = this.#life
    if (!life) return null
    const kolam = protocols.includes(SUBPROTOCOL)
    const isCurrent = (): boolean => this.#life === life
    const { peer, read } = peerOn(end, isCurrent)
    const session = life.relay.connect(this.#id, peer, { kolam, role: 'editor', person: '' })
    read((frame) => session.receive(frame))
    return {
      protocol: kolam ? SUBPROTOCOL : '',
      receive: (frame) => isCurrent() && peer.take(frame),
      pong: () => isCurrent() && session.pong(),
      closed: () => isCurrent() && session.closed(),
    }
  }
}

interface SimPeer extends Peer {
  take(frame: Uint8Array): void
}

/** The relay's peer on a line; what comes while the relay does not read waits. */
function peerOn(
  end: ServerEnd,
  isCurrent: () => boolean,
): { peer: SimPeer; read: (receive: (frame: Uint8Array) => void) => void } {
  const waiting: Uint8Array[] = []
  let isPaused = false
  let receive: (frame: Uint8Array) => void = () => {}
  const peer: SimPeer = {
    wire: memoryWire,
    bufferedBytes: 0,
    write: (frames) => {
      if (!isCurrent()) return
      for (const message of messagesOf(frames)) end.send(encodeMessage(message))
    },
    ping: () => isCurrent() && end.ping(),
    pause: () => void (isPaused = true),
    resume: () => {
      isPaused = false
      // Any of these may stop the reading again.
      const frames = waiting.splice(0)
      for (const frame of frames) peer.take(frame)
    },
    close: (code, reason) => isCurrent() && end.close(code, reason),
    take: (frame) => {
      if (isPaused) waiting.push(frame)
      else receive(frame)
    },
  }
  return { peer, read: (run) => void (receive = run) }
}
