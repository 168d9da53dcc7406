/**
 * The floor: frames of a room gather for a moment, are framed once, and go out in one write for each peer. Stores
 * nothing, looks into nothing, leaves nothing out. What a relay on `ws` cannot well be cheaper than.
 */
import { createServer, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { framesOf } from './framing.ts'
import { serve } from './ready.ts'
import { EMPTY_STEP2, isStep1, isStep2 } from './y-messages.ts'

const PACE_MS = 4

/** One room: who is in it, and what they have not been sent yet. */
class Room {
  readonly sockets = new Set<Duplex>()
  #gathered: Uint8Array[] = []
  #flushedAt = 0

  /** After a quiet moment the first frame goes at the end of the turn; later ones keep the pace. */
  take(frame: Uint8Array): void {
    this.#gathered.push(frame)
    if (this.#gathered.length > 1) return
    const waitMs = this.#flushedAt + PACE_MS - performance.now()
    if (waitMs <= 0) setImmediate(() => this.#flush())
    else setTimeout(() => this.#flush(), waitMs)
  }

  #flush(): void {
    this.#flushedAt = performance.now()
    const frames = framesOf(this.#gathered)
    this.#gathered = []
    for (const socket of this.sockets) socket.write(frames)
  }
}

const rooms = new Map<string, Room>()
const server = createServer()
const webSockets = new WebSocketServer({ noServer: true })

server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
  const name = request.url ?? ''
  const room = rooms.get(name) ?? new Room()
  rooms.set(name, room)
  webSockets.handleUpgrade(request, socket, head, (webSocket) => {
    room.sockets.add(socket)
    webSocket.on('message', (frame: Buffer) => {
      if (isStep1(frame)) webSocket.send(EMPTY_STEP2)
      else if (!isStep2(frame)) room.take(frame)
    })
    webSocket.on('close', () => room.sockets.delete(socket))
  })
})

serve(server)
