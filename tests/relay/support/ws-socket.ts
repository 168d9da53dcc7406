/** `ws` behind the socket port of `@kolam/client`: unlike the platform's WebSocket it can be cut. */
import type { Socket } from '@kolam/client'
import { WebSocket } from 'ws'

/** Begins to open a socket; `made` is given what is behind it. */
export function openWsSocket(
  url: string,
  protocols: string[],
  made: (webSocket: WebSocket) => void = () => {},
): Socket {
  const webSocket = new WebSocket(url, protocols)
  const socket: Socket = {
    handlers: null,
    get bufferedAmount() {
      return webSocket.bufferedAmount
    },
    send: (bytes) => webSocket.send(bytes),
    close: (code, reason) => webSocket.close(code, reason),
  }
  webSocket.on('open', () => socket.handlers?.onopen(webSocket.protocol))
  webSocket.on('message', (data: Buffer, isBinary) =>
    socket.handlers?.onmessage(isBinary ? new Uint8Array(data) : new Uint8Array()),
  )
  // `close` follows and says all there is to know.
  webSocket.on('error', () => {})
  webSocket.on('close', (code, reason) => socket.handlers?.onclose(code, reason.toString()))
  made(webSocket)
  return socket
}
