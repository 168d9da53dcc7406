/** WebSocket frames of a server from `ws`'s own sender: public, though its types do not name it. */
import * as ws from 'ws'

interface FrameBuilder {
  frame(data: Uint8Array, options: object): Uint8Array[]
}

const { Sender } = ws as unknown as { readonly Sender: FrameBuilder }
const BINARY = { fin: true, opcode: 2, mask: false, readOnly: true, rsv1: false }

/** All messages, a frame each, in one piece of memory. */
export function framesOf(messages: readonly Uint8Array[]): Buffer {
  return Buffer.concat(messages.flatMap((message) => Sender.frame(message, BINARY)))
}
