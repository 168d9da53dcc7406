/** The port for who wants lines to be opened in another way than by WebSocket alone. */

import type { Disposer } from '@kolam/base'
import type { OpenSocket } from '../socket.ts'
import type { PageListener } from './page-events.ts'

/** How the lines of one client are opened. Hears from the page what the client hears, before it. */
export interface Sockets extends PageListener {
  readonly open: OpenSocket
  readonly dispose?: Disposer
}
