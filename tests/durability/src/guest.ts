/** Somebody's connection to one document, whatever client holds it: it ends with its line and never comes back. */
import type * as Y from 'yjs'

/** Where a document is. */
export interface Place {
  /** The id of a document comes behind it, after a slash. */
  readonly syncUrl: string
  readonly id: string
}

export interface Guest {
  readonly doc: Y.Doc
  /** Resolves when the server's document has arrived. */
  readonly synced: Promise<void>
  /** Resolves when the line has ended and all that came over it is in the document. */
  readonly closed: Promise<void>
  /** Calls back whenever the server says that everything written so far is saved. */
  onSaved(listener: () => void): void
  destroy(): void
}
