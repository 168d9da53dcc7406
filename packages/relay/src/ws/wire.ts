/**
 * WebSocket frames of a server: binary, final, not masked, not compressed. Many messages become one piece of memory,
 * so that a flush is one write. `Sender.frame` is public in `ws` (8.23), but its types do not name it.
 */
import * as ws from 'ws'
import type { Wire } from '../peer.ts'

/** The part of `ws`'s sender that is used here. */
interface FrameBuilder {
  frame(data: Uint8Array, options: FrameOptions): Uint8Array[]
}

interface FrameOptions {
  readonly fin: boolean
  readonly opcode: number
  readonly mask: boolean
  readonly readOnly: boolean
  readonly rsv1: boolean
}

const BINARY: FrameOptions = { fin: true, opcode: 2, mask: false, readOnly: true, rsv1: false }

const { Sender } = ws as unknown as { readonly Sender: FrameBuilder }

/** The one wire of all WebSocket peers. */
export const webSocketWire: Wire = {
  frame: (messages) => Buffer.concat(messages.flatMap((message) => Sender.frame(message, BINARY))),
}
