/** A relay on a clock and a store that a test owns. */
import { ManualClock, seededRandom } from '@kolam/base'
import type { Limits } from '../limits.ts'
import type { Log } from '../log.ts'
import type { Session, Who } from '../peer.ts'
import { Relay, type RelayOptions } from '../relay.ts'
import { RecordingPeer } from './recording-peer.ts'
import { ScriptedStore } from './scripted-store.ts'
import { toyDocuments } from './toy-documents.ts'

/** What a test may want to have otherwise. */
export interface WorldOptions extends Partial<Omit<RelayOptions, 'store' | 'clock' | 'log'>> {
  readonly store?: ScriptedStore
  readonly clock?: ManualClock
  readonly limits?: Partial<Limits>
}

/** A relay with everything around it. */
export class World {
  readonly clock: ManualClock
  readonly store: ScriptedStore
  readonly relay: Relay
  /** Events the relay logged. */
  readonly logged: string[] = []

  constructor(options: WorldOptions = {}) {
    this.clock = options.clock ?? new ManualClock(1_000_000)
    this.store = options.store ?? new ScriptedStore()
    const note = (event: string, details?: object): void => {
      this.logged.push(`${event} ${JSON.stringify(details)}`)
    }
    const log: Log = { debug() {}, info: note, warn: note, error: note }
    this.relay = new Relay({
      documents: toyDocuments,
      random: seededRandom(1),
      ...options,
      store: this.store,
      clock: this.clock,
      log,
    })
  }

  /** Connects; by default an editor with a stock client. */
  connect(id = 'doc', who: Partial<Who> = {}): Connection {
    const peer = new Connection()
    peer.session = this.relay.connect(id, peer, {
      kolam: false,
      role: 'editor',
      person: 'somebody',
      ...who,
    })
    return peer
  }

  /** Connects and waits until the relay has greeted. */
  async join(id = 'doc', who: Partial<Who> = {}): Promise<Connection> {
    const peer = this.connect(id, who)
    await settle()
    return peer
  }

  /** Lets time pass in small steps, and everything happen that does. */
  async pass(ms: number, stepMs = 1): Promise<void> {
    await settle()
    for (let left = ms; left > 0; left -= stepMs) {
      this.clock.advance(Math.min(stepMs, left))
      await settle()
    }
  }
}

/** A recording peer that knows its session. */
export class Connection extends RecordingPeer {
  #end: Session | null = null

  override set session(session: Session) {
    super.session = session
    this.#end = session
  }

  /** The socket breaks, or closes after the relay said so. */
  hangUp(): void {
    this.#end?.closed()
  }

  /** Sends any bytes as one frame. */
  sayBytes(...bytes: number[]): void {
    this.sayFrame(new Uint8Array(bytes))
  }

  /** Sends a frame whose memory stays the caller's. */
  sayFrame(frame: Uint8Array): void {
    this.#end?.receive(frame)
  }

  pong(): void {
    this.#end?.pong()
  }

  /** The network has taken everything. */
  drain(): void {
    this.bufferedBytes = 0
    this.#end?.drained()
  }

  /** The relay's end of the connection. */
  get end(): Session {
    if (!this.#end) throw new Error('Nobody is connected yet')
    return this.#end
  }
}

/** Lets every promise that can go on go on. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 40; i++) await Promise.resolve()
}
