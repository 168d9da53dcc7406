/**
 * The door from WebSocket to the relay: upgrade, subprotocol, compression, and one connection each. Whoever may not
 * come in is accepted and closed with a code, because a browser shows a page no HTTP status. The HTTP server is the
 * caller's: `handshakeServerOptions` say how patient it should be.
 */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { SUBPROTOCOL } from '@kolam/protocol'
import { type ServerOptions, WebSocketServer } from 'ws'
import type { Limits } from '../limits.ts'
import { Connection, type RecheckFilter } from '../door/connection.ts'
import { createDoor, type Door, type DoorOptions, recheck } from '../door/door.ts'
import { documentIdOf } from '../door/request.ts'
import { carrierOf } from './carrier.ts'
import { type DeflateOptions, deflateSettings, isAcceptableOffer } from './deflate.ts'
import { Refusals } from './refusals.ts'

/** How WebSocket is served. */
export interface WebSocketOptions extends DoorOptions {
  readonly server: Server
  /** Where documents live; `/sync/` unless given. */
  readonly path?: string
  /**
   * Whether clients may compress what they send. Off unless given: each connection that does costs 60 KiB
   * (`windowBits: 9`) to 90 KiB (15) more, measured, three times what it costs otherwise, and a turn in the thread pool
   * for each message. What the relay sends is never compressed, since one frame is shared by everybody it goes to.
   */
  readonly deflate?: DeflateOptions | false
}

/** What serves. To call it is to stop: what is still connected is cut. */
export interface WebSocketService {
  (): void
  /** What it shares with other ways to come in, so that one limit counts for all of them; `serveHttp` takes it. */
  readonly door: Door
  /**
   * Asks `authorize` again about those who are connected, because what it knows has changed. Nothing is sent to them
   * from now until it has answered, at most `recheckMs`. Resolves when all were answered for.
   */
  recheck(filter?: RecheckFilter): Promise<void>
}

/** Serves the relay below `path` of an HTTP server until it is stopped. */
export function serveWebSocket(options: WebSocketOptions): WebSocketService {
  const { server, path = '/sync/', deflate = false } = options
  const compression = deflateSettings(deflate)
  const webSockets = new WebSocketServer(serverOptions(options.relay.limits, compression))
  const door = createDoor(options)
  const refusals = new Refusals({ clock: door.clock, limits: door.relay.limits })

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', ignore) // Node has let go of it, and one that breaks with nobody listening ends the process
    const id = documentIdOf(request.url, path)
    if (id === null) return refuseOtherPath(server, socket)
    const { headers } = request
    if (compression && !isAcceptableOffer(headers['sec-websocket-extensions'], compression)) {
      delete headers['sec-websocket-extensions']
    }
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', ignore) // `close` follows and says all there is to know
      const carrier = carrierOf({ webSocket, socket, refusals })
      new Connection(door, { request, id, carrier }).begin(request)
    })
  }

  function stop(): void {
    server.off('upgrade', onUpgrade)
    webSockets.close()
    for (const webSocket of webSockets.clients) webSocket.terminate()
  }

  server.on('upgrade', onUpgrade)
  // Callable, because what starts returns what stops it; few callers have anything to recheck.
  return Object.assign(stop, { door, recheck: (filter?: RecheckFilter) => recheck(door, filter) })
}

/** `closeTimeout` is new in `ws` 8.19, and its types do not name it. */
function serverOptions(
  limits: Limits,
  compression: ReturnType<typeof deflateSettings>,
): ServerOptions & { readonly closeTimeout: number } {
  return {
    noServer: true,
    clientTracking: true,
    perMessageDeflate: compression,
    maxPayload: limits.frameBytesMax,
    closeTimeout: limits.closeMs,
    handleProtocols: chooseProtocol,
  }
}

/** Kolam's own where it is offered. Otherwise the first: browsers give up where a server takes none of theirs. */
function chooseProtocol(offered: Set<string>): string | false {
  if (offered.has(SUBPROTOCOL)) return SUBPROTOCOL
  return offered.values().next().value ?? false
}

/** Somebody else may serve other paths; where nobody does, the socket must not hang. */
function refuseOtherPath(server: Server, socket: Duplex): void {
  if (server.listenerCount('upgrade') > 1) return
  const answer = 'HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'
  socket.end(answer, () => socket.destroy())
}

function ignore(): void {}
