/** The port through which a client reaches the network: one binary message socket. Never says how it is made. */

/** What a socket tells; the client sets it before anything can arrive. */
export interface SocketHandlers {
  /** The socket is open; `protocol` is the subprotocol the server chose, or ''. */
  onopen(this: void, protocol: string): void
  /** One message arrived. A text message is given as no bytes, which no message has. */
  onmessage(this: void, bytes: Uint8Array): void
  /** The socket is gone, also when it never opened (1006). */
  onclose(this: void, code: number, reason: string): void
}

/** A socket that is being opened. */
export interface Socket {
  /** Who listens; null when nobody does any more. */
  handlers: SocketHandlers | null
  /** Bytes accepted by send() that the network has not taken yet. */
  readonly bufferedAmount: number
  /** Sends one binary message; called only between onopen and onclose. */
  send(bytes: Uint8Array): void
  /** Asks for the end; onclose may come late or never. */
  close(code: number, reason: string): void
}

/** Begins to open a socket; it may throw when that is impossible at once. */
export type OpenSocket = (url: string, protocols: string[]) => Socket
