/** What a check asks of Yjs: whether an update, and a document, can be decoded, and which pictures a board shows. */
import type { Decoder } from '@kolam/persistence/sqlite'
import { inspect, withDocument } from '@kolam/relay/yjs'
import * as Y from 'yjs'

/** Throws where bytes are no update, or where Yjs cannot make a document of them. */
export const decoder: Decoder = {
  update: (bytes) => void inspect(bytes),
  document: (parts) => withDocument(parts, assetsOf),
}

/** A shape names its picture in what it was born with or, once changed, in a key of its own. */
function assetsOf(doc: Y.Doc): string[] {
  const shapes = Array.from(doc.getMap('shapes').values())
  return shapes.flatMap((shape) => {
    if (!(shape instanceof Y.Map)) return []
    const named = [shape.get('asset'), bornWith(shape.get('init'))]
    return named.filter((id) => typeof id === 'string' && /^[0-9a-f]{64}$/.test(id))
  }) as string[]
}

function bornWith(init: unknown): string | undefined {
  return typeof init === 'string' ? /"asset":"([0-9a-f]{64})"/.exec(init)?.[1] : undefined
}
