/** WebSocket, and lines over HTTP where none opens, with what the page has. */

import { systemClock, systemRandom } from '@kolam/base'
import { BestSockets } from '../http/best-sockets.ts'
import { lazySockets } from '../http/lazy-sockets.ts'
import type { Sockets } from './sockets.ts'
import { openWebSocket } from './web-socket.ts'

/** What the page has learnt about its network: it is the same for every document that is opened in it. */
const MEMORY = { failures: 0, gathers: false }

const loadHttp = () => import('./http-way.ts').then(({ openHttpWith }) => openHttpWith(MEMORY))
const openHttp = lazySockets(loadHttp)

/** By then the page is there; without a network it would be too late. */
const LOAD_HTTP_MS = 3_000

/** The best there is, for one client. */
export function openBestSockets(): Sockets {
  const ports = { clock: systemClock, random: systemRandom }
  const sockets = new BestSockets({ ...ports, memory: MEMORY, openWebSocket, openHttp })
  // Where it does not come it is asked for again when it is needed.
  const dispose = systemClock.after(LOAD_HTTP_MS, () => void loadHttp().catch(() => {}))
  return { open: sockets.open, wentOnline: () => sockets.wentOnline(), dispose }
}
