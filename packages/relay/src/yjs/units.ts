/** What an item holds, unit by unit, so that it is the same however the item was cut. */
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { type Content, sliceOf } from './pieces.ts'

/** Writes each unit by itself, after `mark`; how many they are depends on where the item was cut, and is not written. */
export function writeUnits(encoder: encoding.Encoder, content: Content, mark: number): void {
  if (content instanceof Y.ContentString) return writeText(encoder, content.str, mark)
  const length = content.getLength()
  for (let i = 0; i < length; i++) {
    const unit = new Y.UpdateEncoderV1()
    sliceOf(content, i, i + 1).write(unit, 0)
    encoding.writeUint8(encoder, mark)
    encoding.writeVarUint8Array(encoder, unit.toUint8Array())
  }
}

/** Each unit of UTF-16 as two bytes: a pair may be cut, and then has no UTF-8. */
function writeText(encoder: encoding.Encoder, text: string, mark: number): void {
  for (let i = 0; i < text.length; i++) {
    encoding.writeUint8(encoder, mark)
    encoding.writeUint16(encoder, text.charCodeAt(i))
  }
}
