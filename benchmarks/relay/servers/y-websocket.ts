/** The reference server of Yjs, in memory, on the newest `ws` rather than the old one it comes with. */
import { createServer, type IncomingMessage } from 'node:http'
import { setupWSConnection } from '@y/websocket-server/utils'
import { WebSocketServer } from 'ws'
import { serve } from './ready.ts'

const server = createServer()
const webSockets = new WebSocketServer({ server })

webSockets.on('connection', (webSocket, request: IncomingMessage) => {
  setupWSConnection(webSocket, request)
})

serve(server)
