/** What may go with a client in its page: a copy in this browser, the other tabs. The client knows of none. */

import type { PageListener } from './page-events.ts'

/** Hears from the page what the client hears, after it. */
export interface Companion extends PageListener {
  /** The client connects when this is done; it must not reject. */
  open?(): Promise<unknown>
  /** Everybody's open() is done, and the client connects next. */
  start?(): void
  /** The page leaves the document. */
  stop(): unknown
}
