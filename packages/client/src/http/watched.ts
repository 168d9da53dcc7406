/** A socket of which somebody besides its owner wants to know whether it opened and how it ended. */

import type { Socket } from '../socket.ts'

/** What the watcher is told; each at most once. */
export interface Watcher {
  opened(): void
  /** By the network or its owner. */
  ended(code: number, hadOpened: boolean): void
}

/** The same socket, watched. */
export function watched(inner: Socket, watcher: Watcher): Socket {
  let phase: 'opening' | 'open' | 'over' = 'opening'
  const end = (code: number) => {
    if (phase === 'over') return
    const hadOpened = phase === 'open'
    phase = 'over'
    watcher.ended(code, hadOpened)
  }
  const socket: Socket = {
    handlers: null,
    get bufferedAmount() {
      return inner.bufferedAmount
    },
    send: (bytes) => inner.send(bytes),
    close: (code, reason) => {
      end(code)
      inner.close(code, reason)
    },
  }
  inner.handlers = {
    onopen: (protocol) => {
      if (phase === 'opening') {
        phase = 'open'
        watcher.opened()
      }
      socket.handlers?.onopen(protocol)
    },
    onmessage: (bytes) => socket.handlers?.onmessage(bytes),
    onclose: (code, reason) => {
      end(code)
      socket.handlers?.onclose(code, reason)
    },
  }
  return socket
}
