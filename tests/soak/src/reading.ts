/** A document as somebody reads it who has nothing of it yet and says nothing. */
import type * as Y from 'yjs'
import { stock } from '../../relay/support/stock-client.ts'
import { VERSIONS } from '../../relay/support/versions.ts'
import { within } from '../../relay/support/within.ts'

const LIMIT_MS = 30_000

/** Reads the document, gives it to `use`, and leaves. */
export async function readDocument<Result>(
  syncUrl: string,
  id: string,
  use: (doc: Y.Doc) => Result,
): Promise<Result> {
  const [version] = VERSIONS.slice(-1)
  if (!version) throw new Error('There is no version to read with')
  const reader = stock(version)({ url: syncUrl, id })
  reader.awareness.setLocalState(null)
  try {
    await within(LIMIT_MS, `read ${id}`, reader.synced())
    return use(reader.doc)
  } finally {
    reader.destroy()
  }
}
