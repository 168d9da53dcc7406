/** What sending the bytes costs: answers every step1 with a step2 that was made beforehand. */
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import * as encoding from 'lib0/encoding'
import { WebSocketServer } from 'ws'
import { framesOf } from './framing.ts'
import { serve } from './ready.ts'
import { isStep1 } from './y-messages.ts'

const answer = framesOf([step2(readFileSync(process.env['FIXTURE'] ?? ''))])
const server = createServer()
const webSockets = new WebSocketServer({ noServer: true })

server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
  webSockets.handleUpgrade(request, socket, head, (webSocket) => {
    webSocket.on('message', (frame: Buffer) => {
      if (isStep1(frame)) socket.write(answer)
    })
  })
})

serve(server)

function step2(update: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, 0)
  encoding.writeVarUint(encoder, 1)
  encoding.writeVarUint8Array(encoder, update)
  return encoding.toUint8Array(encoder)
}
