/** Whether two stretches of content are the same, also where they were cut differently. */
import * as Y from 'yjs'
import { type Content, sliceOf } from './pieces.ts'

/** Units of a content, `from` to before `to`. */
export interface Stretch {
  readonly content: Content
  readonly from: number
  readonly to: number
}

/** Both of the same number of units. */
export function sameContent(mine: Stretch, theirs: Stretch): boolean {
  if (mine.content instanceof Y.ContentString && theirs.content instanceof Y.ContentString) {
    return sameText(unitsOf(mine, mine.content.str), unitsOf(theirs, theirs.content.str))
  }
  if (mine.content.getRef() !== theirs.content.getRef()) return false
  const [a, b] = [bytesOf(mine), bytesOf(theirs)]
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}

/** Yjs puts U+FFFD for each half of a pair it has to cut apart, in the documents of those who did, and there only. */
function sameText(a: string, b: string): boolean {
  if (a === b) return true
  for (let i = 0; i < a.length; i++) {
    const [mine, theirs] = [a.charCodeAt(i), b.charCodeAt(i)]
    if (mine !== theirs && !(isHalf(mine) && isHalf(theirs))) return false
  }
  return true
}

function isHalf(unit: number): boolean {
  return unit === 0xfffd || (unit >= 0xd800 && unit < 0xe000)
}

function unitsOf({ from, to }: Stretch, text: string): string {
  return text.slice(from, to)
}

function bytesOf({ content, from, to }: Stretch): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  sliceOf(content, from, to).write(encoder, 0)
  return encoder.toUint8Array()
}
