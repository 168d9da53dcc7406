/** What the relay needs of a connection. Knows no WebSocket; `ws/` and `testing/` implement it. */
import type { Closing } from './errors.ts'

/** How frames are put on one kind of connection; one object is shared by all peers it serves. */
export interface Wire {
  /** One message a frame, all frames in one piece of memory, ready for `Peer.write`. */
  frame(messages: readonly Uint8Array[]): Uint8Array
}

/** One connection as the relay sees it. None of its methods throws, also after the connection is gone. */
export interface Peer {
  readonly wire: Wire
  /** Bytes written that the network has not taken yet. */
  readonly bufferedBytes: number
  /** Sends frames built by `wire`. They may be shared with other peers: never change them. */
  write(frames: Uint8Array): void
  /** Asks the other side for a sign of life, which comes back as `Session.pong()`. */
  ping(): void
  /** Reads nothing more until `resume()`, so that who sends too fast has to wait. */
  pause(): void
  resume(): void
  close(code: number, reason: string): void
}

/** What a person may do with a document. Only editors and managers may change it. */
export type Role = 'viewer' | 'commenter' | 'editor' | 'manager'

/** Who is behind a connection. */
export interface Who {
  /** Whether the connection speaks the subprotocol `kolam.1`. */
  readonly kolam: boolean
  readonly role: Role
  /** Stored as the author of what comes in; any text, may be empty. */
  readonly person: string
}

/** The relay's end of a connection. None of its methods throws. */
export interface Session {
  /** A binary frame came in. The bytes may be reused by the caller afterwards. */
  receive(frame: Uint8Array): void
  /** The answer to a ping, or any other sign of life that is no frame. */
  pong(): void
  /** Everything written was taken by the network. */
  drained(): void
  /** From now on this person may do that. What came before is judged as before. */
  setRole(role: Role): void
  /** Nothing is sent until `release()`: it is being found out whether the person may still read. */
  suspend(): void
  release(): void
  /** Says why and closes. */
  end(closing: Closing): void
  /** The connection is gone. Calling it again is harmless. */
  closed(): void
}

/** Whether a role may change the document. */
export function mayEdit(role: Role): boolean {
  return role === 'editor' || role === 'manager'
}
