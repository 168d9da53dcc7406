/**
 * The door from WebSocket to the relay: upgrade, subprotocol, compression, and one connection each. Whoever may not
 * come in is accepted and closed with a code, because a browser shows a page no HTTP status. The HTTP server is the
 * caller's: `handshakeServerOptions` say how patient it should be.
 */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type Clock, systemClock } from '@kolam/base'
import { SUBPROTOCOL } from '@kolam/protocol'
import { type ServerOptions, WebSocketServer } from 'ws'
import type { Limits } from '../limits.ts'
import { type Log, silentLog } from '../log.ts'
import type { Relay } from '../relay.ts'
import { Addresses } from './addresses.ts'
import type { Authorize } from './admission.ts'
import { Connection, type Door, type RecheckFilter } from './connection.ts'
import { type DeflateOptions, deflateSettings, isAcceptableOffer } from './deflate.ts'
import { Refusals } from './refusals.ts'
import { documentIdOf } from './request.ts'

/** How WebSocket is served. */
export interface WebSocketOptions {
  readonly server: Server
  readonly relay: Relay
  /** Where documents live; `/sync/` unless given. */
  readonly path?: string
  /** Other origins, as in `https://example.org`, whose pages may connect. The server's own always may. */
  readonly origins?: readonly string[]
  /**
   * Host names, without ports, the server answers to besides `localhost` and addresses. Unless given it answers to all,
   * which is wrong for one that trusts whoever reaches it: a page may point its own name at it (DNS rebinding).
   */
  readonly hosts?: readonly string[] | undefined
  /** How many proxies in front add the caller's address to `X-Forwarded-For`; none unless given: nobody is believed. */
  readonly trustedProxies?: number
  /**
   * Whether clients may compress what they send. Off unless given: each connection that does costs 60 KiB
   * (`windowBits: 9`) to 90 KiB (15) more, measured, three times what it costs otherwise, and a turn in the thread pool
   * for each message. What the relay sends is never compressed, since one frame is shared by everybody it goes to.
   */
  readonly deflate?: DeflateOptions | false
  /** Who is asking for which document. Everybody is an editor unless given. Whatever fails in it refuses with 1013. */
  readonly authorize?: Authorize
  readonly clock?: Clock
  readonly log?: Log
}

/** What serves. To call it is to stop: what is still connected is cut. */
export interface WebSocketService {
  (): void
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
  const door = doorOf(options)

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
      new Connection(door, { request, webSocket, socket, id }).begin(request)
    })
  }

  function stop(): void {
    server.off('upgrade', onUpgrade)
    webSockets.close()
    for (const webSocket of webSockets.clients) webSocket.terminate()
  }

  server.on('upgrade', onUpgrade)
  // Callable, because what starts returns what stops it; few callers have anything to recheck.
  return Object.assign(stop, { recheck: (filter?: RecheckFilter) => recheck(door, filter) })
}

async function recheck(door: Door, filter: RecheckFilter = {}): Promise<void> {
  if (!door.authorize) return
  const meant = [...door.connections].filter((connection) => connection.isMeant(filter))
  await Promise.all(
    meant.map((connection) => new Promise<void>((heard) => connection.recheck(heard))),
  )
}

function doorOf(options: WebSocketOptions): Door {
  const { relay, origins = [], hosts, trustedProxies = 0, authorize = null } = options
  const { clock = systemClock, log = silentLog } = options
  const ports = { clock, limits: relay.limits }
  return {
    relay,
    clock,
    log,
    origins,
    hosts,
    trustedProxies,
    authorize,
    addresses: new Addresses(ports),
    refusals: new Refusals(ports),
    connections: new Set(),
    strangers: new Set(),
  }
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
