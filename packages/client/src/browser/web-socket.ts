/** The browser's WebSocket behind the client's socket port. Adds nothing and decides nothing. */

import type { Socket } from '../socket.ts'

/** Begins to open a WebSocket. */
export function openWebSocket(url: string, protocols: string[]): Socket {
  const webSocket = new WebSocket(url, protocols)
  webSocket.binaryType = 'arraybuffer'
  const socket: Socket = {
    handlers: null,
    get bufferedAmount() {
      return webSocket.bufferedAmount
    },
    send: (bytes) => webSocket.send(new Uint8Array(bytes)),
    close: (code, reason) => webSocket.close(code, reason),
  }
  webSocket.addEventListener('open', () => socket.handlers?.onopen(webSocket.protocol))
  webSocket.addEventListener('message', (event: MessageEvent<unknown>) =>
    socket.handlers?.onmessage(bytesOf(event.data)),
  )
  webSocket.addEventListener('close', ({ code, reason }) => socket.handlers?.onclose(code, reason))
  return socket
}

/** Text is given as no bytes, which no message has. */
function bytesOf(data: unknown): Uint8Array {
  return new Uint8Array(data instanceof ArrayBuffer ? data : [])
}
