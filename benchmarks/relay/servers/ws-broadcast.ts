/** What most people write first: every frame goes to everybody in the room, its sender included, one send each. */
import { createServer, type IncomingMessage } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { serve } from './ready.ts'
import { EMPTY_STEP2, isStep1, isStep2 } from './y-messages.ts'

const rooms = new Map<string, Set<WebSocket>>()
const server = createServer()
const webSockets = new WebSocketServer({ server })

webSockets.on('connection', (webSocket, request: IncomingMessage) => {
  const name = request.url ?? ''
  const room = rooms.get(name) ?? new Set()
  rooms.set(name, room.add(webSocket))
  webSocket.on('message', (frame: Buffer) => {
    if (isStep1(frame)) return webSocket.send(EMPTY_STEP2)
    if (isStep2(frame)) return
    for (const peer of room) peer.send(frame)
  })
  webSocket.on('close', () => room.delete(webSocket))
})

serve(server)
