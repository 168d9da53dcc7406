/** Kolam's client over lines of HTTP, and over whatever gets through. */
import { systemClock, systemRandom } from '@kolam/base'
import type { OpenSocket } from '@kolam/client'
import { fetchHttp } from '@kolam/client/fetch'
import { BestSockets, httpSockets, type HttpTiming } from '@kolam/client/http'
import { KolamClient } from './kolam-client.ts'
import type { Destination } from './person.ts'
import { openWsSocket } from './ws-socket.ts'

/** The two ways a line may take. */
export type HttpWay = 'stream' | 'poll'

/** Opens lines that take one way from the beginning. */
export function openHttp(way: HttpWay = 'stream', timing: Partial<HttpTiming> = {}): OpenSocket {
  const memory = { gathers: way === 'poll' }
  return httpSockets({ clock: systemClock, send: fetchHttp, memory, timing })
}

/** Somebody who never uses a WebSocket. */
export function httpClient(way: HttpWay): (to: Destination) => KolamClient {
  return (to) => new KolamClient(to, {}, openHttp(way))
}

/** Somebody who goes over HTTP when WebSockets do not open, and what was learnt on the way. */
export class BestClient extends KolamClient {
  readonly sockets: BestSockets
  readonly memory: { failures: number; gathers: boolean }

  constructor(to: Destination, timing: Partial<HttpTiming> = {}) {
    const memory = { failures: 0, gathers: false }
    const ports = { clock: systemClock, random: systemRandom, memory, timing }
    const sockets = new BestSockets({
      ...ports,
      openWebSocket: (url, protocols) => openWsSocket(url, protocols),
      openHttp: httpSockets({ ...ports, send: fetchHttp }),
    })
    super(to, { retryBaseMs: 50 }, sockets.open)
    this.sockets = sockets
    this.memory = memory
  }
}
