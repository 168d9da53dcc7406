/** A WebSocket as what carries a connection through the door. */
import { SUBPROTOCOL } from '@kolam/protocol'
import type { Carrier } from '../door/connection.ts'
import { attach } from './attach.ts'
import { type PeerParts, WebSocketPeer } from './peer.ts'

/** The carrier of a WebSocket that was just accepted. */
export function carrierOf(parts: PeerParts): Carrier {
  const { webSocket } = parts
  const peer = new WebSocketPeer(parts)
  return {
    peer,
    kolam: webSocket.protocol === SUBPROTOCOL,
    onClosed(run) {
      webSocket.on('close', () => {
        peer.closed()
        run()
      })
    },
    letIn(session) {
      peer.letIn()
      attach(parts, session)
    },
    terminate: () => webSocket.terminate(),
  }
}
