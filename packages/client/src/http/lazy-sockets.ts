/** Sockets of which the code is still to be loaded: few need it, and a page is to be there before it. */

import type { OpenSocket, Socket } from '../socket.ts'

/** The code of a connection that is gone without a word. */
const GONE = 1006

/** Opens with what `load` brings; asks again next time where that failed. */
export function lazySockets(load: () => Promise<OpenSocket>): OpenSocket {
  return (url, protocols) => {
    let inner: Socket | null = null
    let isWanted = true
    const socket: Socket = {
      handlers: null,
      get bufferedAmount() {
        return inner?.bufferedAmount ?? 0
      },
      send: (bytes) => inner?.send(bytes),
      close(code, reason) {
        isWanted = false
        inner?.close(code, reason)
      },
    }
    const begin = (open: OpenSocket) => {
      if (!isWanted) return
      inner = open(url, protocols)
      inner.handlers = {
        onopen: (protocol) => socket.handlers?.onopen(protocol),
        onmessage: (bytes) => socket.handlers?.onmessage(bytes),
        onclose: (code, reason) => socket.handlers?.onclose(code, reason),
      }
    }
    load()
      .then(begin)
      .catch(() => {
        if (isWanted) socket.handlers?.onclose(GONE, '')
      })
    return socket
  }
}
