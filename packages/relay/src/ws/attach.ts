/** Wires the events of a `ws` connection to a session, with functions that have names. */
import type { Duplex } from 'node:stream'
import { CloseCode } from '@kolam/protocol'
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

  /** `ws` has sent the close frame by itself; the relay counts and logs it like those of its own. */
  function onError(error: Error): void {
    session.end(closings.badFrame(closeCodeOf(error), error.message))
  }

  webSocket.on('message', onMessage)
  webSocket.on('error', onError)
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

/** What `ws` closes with after this error, whose number it keeps to itself. */
function closeCodeOf(error: Error & { code?: string }): number {
  const { code = '' } = error
  if (code === 'WS_ERR_TOO_MANY_BUFFERED_PARTS') return 1008
  if (code.endsWith('_LENGTH') && code.startsWith('WS_ERR_UNSUPPORTED')) return CloseCode.TooLarge
  return code === 'WS_ERR_INVALID_UTF8' ? 1007 : 1002
}
