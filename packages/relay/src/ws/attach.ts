/** Wires the events of a `ws` connection to a session, with functions that have names. */
import type { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import { closings } from '../errors.ts'
import type { Session } from '../peer.ts'

/** What a session hears of. */
export interface Ends {
  readonly webSocket: WebSocket
  /** The socket below, which is written to. */
  readonly socket: Duplex
}

/** From here on the session hears what the connection says, until that closes. */
export function attach({ webSocket, socket }: Ends, session: Session): void {
  function onMessage(data: RawData, isBinary: boolean): void {
    if (isBinary) session.receive(bytesOf(data))
    else session.end(closings.notBinary())
  }

  function onSignOfLife(): void {
    session.pong()
  }

  function onDrain(): void {
    session.drained()
  }

  function onClose(): void {
    session.closed()
  }

  webSocket.on('message', onMessage)
  webSocket.on('ping', onSignOfLife)
  webSocket.on('pong', onSignOfLife)
  webSocket.on('close', onClose)
  socket.on('drain', onDrain)
}

/** `ws` gives one buffer unless it is asked for something else. */
function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}
