/** The port through which tabs learn of each other's end, however it comes: a lock of a tab that is gone is free. */

import type { Disposer } from '@kolam/base'

/** The locks of one document in one browser, each named by the awareness id of the tab it belongs to. */
export interface Locks {
  /** Takes a lock and tells when it is taken; it stays so until the disposer is called or the page is gone. */
  hold(id: number, taken: () => void): Disposer
  /** Calls once when nobody holds that lock, which may be at once; never after the disposer was called. */
  whenFree(id: number, run: () => void): Disposer
}
