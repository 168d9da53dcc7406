/**
 * A WebSocket client on a bare socket. All connections read into one buffer, for reading is done by the time the next
 * one reads: ten thousand of them cost little, and the load stays far below what the servers do.
 */
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { clientFrame } from './client-frame.ts'
import { type FrameHandler, FrameReader, type LargeMessage } from './frame-reader.ts'

/** What a connection tells. */
export interface ConnectionEvents {
  open(): void
  message(bytes: Buffer, start: number, end: number): void
  large(length: number): LargeMessage
  /** It is over; the reason is for people. */
  closed(reason: string): void
}

const READ_BUFFER = Buffer.allocUnsafeSlow(512 * 1024)
const CLOSE = 8
const PING = 9
const PONG = 10
const HEAD_END = '\r\n\r\n'

/** One client. */
export class Connection implements FrameHandler {
  readonly #events: ConnectionEvents
  readonly #socket: Socket
  readonly #frames = new FrameReader(this)
  /** The answer to the upgrade, until it is complete. */
  #head: string | null = ''
  #reason = 'the socket closed'

  constructor(port: number, url: string, events: ConnectionEvents) {
    this.#events = events
    this.#socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: { buffer: READ_BUFFER, callback: (bytes) => this.#read(bytes) },
    })
    this.#socket.once('connect', () => this.#socket.write(requestOf(port, url)))
    this.#socket.on('error', (error) => (this.#reason = error.message))
    this.#socket.once('close', () => events.closed(this.#reason))
  }

  /** Writes frames made by `clientFrame`. */
  write(frames: Buffer): void {
    this.#socket.write(frames)
  }

  send(message: Uint8Array): void {
    this.#socket.write(clientFrame(message))
  }

  /** Stops reading: the system's buffers fill, and then the server's. */
  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  end(): void {
    this.#socket.destroy()
  }

  message(bytes: Buffer, start: number, end: number): void {
    this.#events.message(bytes, start, end)
  }

  large(length: number): LargeMessage {
    return this.#events.large(length)
  }

  control(opcode: number, bytes: Buffer, start: number, end: number): void {
    if (opcode === PING) this.write(clientFrame(bytes.subarray(start, end), PONG))
    if (opcode !== CLOSE) return
    const code = end - start >= 2 ? bytes.readUInt16BE(start) : 1005
    this.#reason = `closed with ${code} ${bytes.toString('utf8', start + 2, end)}`
    this.#socket.end(clientFrame(bytes.subarray(start, Math.min(end, start + 2)), CLOSE))
  }

  /** True: go on reading. The bytes are in the one buffer of all connections. */
  #read(bytes: number): boolean {
    if (this.#head === null) this.#frames.read(READ_BUFFER, 0, bytes)
    else this.#readHead(bytes)
    return true
  }

  #readHead(bytes: number): void {
    const before = this.#head?.length ?? 0
    const head = this.#head + READ_BUFFER.toString('latin1', 0, bytes)
    const end = head.indexOf(HEAD_END)
    if (end < 0) return void (this.#head = head)
    if (!head.startsWith('HTTP/1.1 101')) {
      this.#reason = head.slice(0, head.indexOf('\r\n'))
      return void this.#socket.destroy()
    }
    this.#head = null
    this.#events.open()
    this.#frames.read(READ_BUFFER, end + HEAD_END.length - before, bytes)
  }
}

function requestOf(port: number, url: string): string {
  return [
    `GET ${url} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    HEAD_END.slice(2),
  ].join('\r\n')
}
