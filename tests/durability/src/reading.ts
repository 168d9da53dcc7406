/** A document as somebody reads it from a server that has just come back, who has nothing of it and brings nothing. */
import type * as Y from 'yjs'
import { within } from '../../relay/support/within.ts'
import { BareGuest } from './bare-guest.ts'
import type { Place } from './guest.ts'
import type { Subject } from './subject.ts'

const LIMIT_MS = 60_000

/** The server's document. Where it may come late, and is not as it should be without, it is waited for. */
export async function readFresh(
  { dialect, lateMs }: Subject,
  place: Place,
  isAsItShouldBe: (doc: Y.Doc) => boolean,
): Promise<Y.Doc> {
  const reader = new BareGuest(place, dialect)
  try {
    await within(LIMIT_MS, `read ${place.id}`, reader.synced)
    const { doc } = reader
    if (lateMs > 0) await untilOrLate(doc, () => hasCome(doc) || isAsItShouldBe(doc), lateMs)
    return reader.doc
  } finally {
    reader.destroy()
  }
}

function hasCome(doc: Y.Doc): boolean {
  return doc.store.clients.size > 0
}

async function untilOrLate(doc: Y.Doc, isSo: () => boolean, limitMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const look = (): void => {
    if (isSo()) resolve()
  }
  const timer = setTimeout(resolve, limitMs)
  doc.on('update', look)
  look()
  await promise
  doc.off('update', look)
  clearTimeout(timer)
}
