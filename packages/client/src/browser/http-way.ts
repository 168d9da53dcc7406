/** Lines over HTTP with what the page has. Loaded by itself, for few need it. */

import { systemClock } from '@kolam/base'
import { type HttpMemory, httpSockets } from '../http/line/http-socket.ts'
import type { OpenSocket } from '../socket.ts'
import { fetchHttp } from './http-fetch.ts'

/** Opens lines with `fetch`. */
export function openHttpWith(memory: HttpMemory): OpenSocket {
  return httpSockets({ clock: systemClock, send: fetchHttp, memory })
}
