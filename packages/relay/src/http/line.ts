/**
 * One line over HTTP: as the relay sees it a connection like any other, made of requests that know its name. It lives
 * until either side says that it ends, or nobody asks for it any more.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Clock, type Disposer, randomId } from '@kolam/base'
import { encodeHttpRecord } from '@kolam/protocol'
import type { Carrier } from '../door/connection.ts'
import { closings } from '../errors.ts'
import type { Limits } from '../limits.ts'
import type { Peer, Session } from '../peer.ts'
import { readBody } from './body.ts'
import { answerStatus } from './headers.ts'
import { PollDown } from './poll-down.ts'
import { StreamDown } from './stream-down.ts'
import type { WayDown } from './way-down.ts'
import { WayUp } from './way-up.ts'
import { httpWire } from './wire.ts'

/** What a line stands on. */
export interface LinePorts {
  readonly clock: Clock
  readonly limits: Limits
}

/** How a line begins. */
export interface LineStart {
  readonly documentId: string
  /** The subprotocol that was chosen, or ''. */
  readonly protocol: string
  readonly kolam: boolean
  /** Whether the answer goes on, or polls are to come. */
  readonly way: 'stream' | 'poll'
  readonly response: ServerResponse
}

/** A request that brings something. */
export interface Post {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** How many bytes were sent before its own; null where it has none and is a sign of life. */
  readonly at: number | null
  /** Whether the client leaves with it. */
  readonly leaves: boolean
}

const HEARD = encodeHttpRecord({ type: 'heard' })
const ASK = encodeHttpRecord({ type: 'ask' })

export class HttpLine implements Peer, Carrier {
  /** Who knows it may speak for the line: it goes to the client and nowhere else, into no log either. */
  readonly name = randomId()
  readonly documentId: string
  readonly kolam: boolean
  readonly wire = httpWire
  readonly #ports: LinePorts
  readonly #down: WayDown
  readonly #up: WayUp
  #state: 'open' | 'ending' | 'gone' = 'open'
  #session: Session | null = null
  #isHeard = false
  /** The request whose body is read. */
  #reading: Post | null = null
  #onGone: (() => void)[] = []
  #cancelGoing: Disposer = nothing

  constructor(ports: LinePorts, { documentId, protocol, kolam, way, response }: LineStart) {
    this.#ports = ports
    this.documentId = documentId
    this.kolam = kolam
    this.#up = new WayUp(ports.limits.frameBytesMax)
    const events = { drained: () => this.#session?.drained(), ended: () => this.#downEnded() }
    if (way === 'stream') this.#down = new StreamDown(response, events)
    else this.#down = startPolls(new PollDown(ports, events), response)
    this.#down.write(encodeHttpRecord({ type: 'opened', line: this.name, protocol }))
  }

  get peer(): Peer {
    return this
  }

  get bufferedBytes(): number {
    return this.#down.bufferedBytes
  }

  write(frames: Uint8Array): void {
    if (this.#state === 'open') this.#down.write(frames)
  }

  ping(): void {
    this.write(ASK)
  }

  pause(): void {
    this.#up.pause()
  }

  resume(): void {
    this.#up.resume()
  }

  close(code: number, reason: string): void {
    if (this.#state !== 'open') return
    this.#down.write(encodeHttpRecord({ type: 'closed', code, reason }))
    this.#state = 'ending'
    this.#up.end()
    this.#goAfter(this.#ports.limits.closeMs)
    this.#down.finish()
  }

  onClosed(run: () => void): void {
    this.#onGone.push(run)
  }

  letIn(session: Session): void {
    this.#session = session
    this.#up.attach(session)
  }

  terminate(): void {
    this.#down.cut()
    this.#gone()
  }

  /** Its client asks for what comes after so many bytes. */
  poll(response: ServerResponse, after: number): void {
    this.#session?.pong()
    if (this.#down instanceof PollDown) this.#down.ask(response, after)
    else answerStatus(response, 409)
  }

  /** Its client sends something, or leaves. */
  async post(post: Post): Promise<void> {
    this.#session?.pong()
    const status = post.at === null ? this.#signOfLife() : await this.#take(post, post.at)
    if (post.leaves) this.terminate()
    answerStatus(post.response, status)
  }

  /** Only the first is answered in the stream: that it gets through is known then, and more would pile up. */
  #signOfLife(): number {
    if (!this.#isHeard) this.write(HEARD)
    this.#isHeard = true
    return 204
  }

  /** Returns with what it is answered, when its bytes were taken. */
  async #take(post: Post, at: number): Promise<number> {
    if (this.#state !== 'open') return 204 // as into a WebSocket that is closing
    this.#giveUpReading()
    if (!(await this.#up.ready())) return 409
    const { httpPostBytesMax } = this.#ports.limits
    this.#reading = post
    const body = await readBody(post.request, httpPostBytesMax)
    if (this.#reading !== post) return 409
    this.#reading = null
    if (body === 'broken') return 400
    if (body === 'too-large') return this.#tooLarge(post, httpPostBytesMax)
    return this.#up.take(at, body) && (await this.#up.ready()) ? 204 : 409
  }

  /** One at a time: the newest request is the one its client believes in, and the only one that costs memory. */
  #giveUpReading(): void {
    const given = this.#reading
    this.#reading = null
    if (!given) return
    answerStatus(given.response, 409)
    given.request.destroy()
  }

  #tooLarge({ request }: Post, bytesMax: number): number {
    const bytes = Number(request.headers['content-length'] ?? bytesMax + 1)
    this.#session?.end(closings.tooLarge(bytes, bytesMax))
    return 413
  }

  /** The client has everything, or asks no more. */
  #downEnded(): void {
    const isBroken = this.#state === 'open' && this.#down instanceof StreamDown
    // What a page says while it closes may come a moment later than the end of its stream.
    if (isBroken) this.#goAfter(this.#ports.limits.httpLingerMs)
    else this.#gone()
  }

  #goAfter(ms: number): void {
    this.#cancelGoing()
    this.#cancelGoing = this.#ports.clock.after(ms, () => this.terminate())
  }

  #gone(): void {
    if (this.#state === 'gone') return
    this.#state = 'gone'
    this.#cancelGoing()
    this.#up.end()
    this.#session?.closed()
    this.#session = null
    const told = this.#onGone
    this.#onGone = []
    for (const tell of told) tell()
  }
}

/** The first request is the first poll. */
function startPolls(down: PollDown, response: ServerResponse): PollDown {
  down.ask(response, 0)
  return down
}

function nothing(): void {}
