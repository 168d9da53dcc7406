/** Wires the events of a `ws` connection to a session, with functions that have names. */
import { CloseCode } from '@kolam/protocol'
import type { RawData, WebSocket } from 'ws'
import type { Session } from '../peer.ts'

/** From here on the session hears what the connection says, until that closes. */
export function attach(webSocket: WebSocket, session: Session): void {
  function onMessage(data: RawData, isBinary: boolean): void {
    if (isBinary) session.receive(bytesOf(data))
    else webSocket.close(CloseCode.BadMessage, 'Cannot accept text: frames are binary')
  }

  function onSignOfLife(): void {
    session.pong()
  }

  function onClose(): void {
    session.closed()
  }

  webSocket.on('message', onMessage)
  webSocket.on('ping', onSignOfLife)
  webSocket.on('pong', onSignOfLife)
  webSocket.on('close', onClose)
  if (webSocket.readyState === webSocket.CLOSED) onClose()
}

/** `ws` gives one buffer unless it is asked for something else. */
function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}
