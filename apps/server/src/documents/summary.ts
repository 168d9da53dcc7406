/**
 * What the list of documents shows of one: read out of an encoded update, for this thread or a worker. The only file of
 * the server that knows what is in a board; it keeps nothing between calls and trusts no bytes.
 */
import { withDocument } from '@kolam/relay/yjs'
import type * as Y from 'yjs'

/** The longest title kept; longer ones are cut where they are read and refused where they are set. */
export const TITLE_MAX = 200

/** What the list of documents shows of one. */
export interface Summary {
  readonly title: string
  readonly shapes: number
}

/** Title and number of shapes. */
export function summary(bytes: Uint8Array): Summary {
  return withDocument([bytes], (doc) => ({
    title: titleOf(doc),
    shapes: doc.getMap('shapes').size,
  }))
}

/** The update that gives a document another title; null where it has that title already. */
export function titleEdit(bytes: Uint8Array, title: string): Uint8Array | null {
  return withDocument([bytes], (doc) => {
    if (titleOf(doc) === title) return null
    let edit: Uint8Array | null = null
    doc.once('update', (update: Uint8Array) => (edit = update))
    doc.getMap('meta').set('title', title)
    return edit
  })
}

function titleOf(doc: Y.Doc): string {
  const title = doc.getMap('meta').get('title')
  return typeof title === 'string' ? title.slice(0, TITLE_MAX).trim() : ''
}
