/**
 * The door from WebSocket to the relay: upgrade, origin, subprotocol, admission, and one session per connection.
 * Whoever may not come in is accepted and closed with a code, because a browser shows a page no HTTP status.
 * Never looks into a message.
 */
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Disposer } from '@kolam/base'
import { CloseCode, LIMITS, SUBPROTOCOL } from '@kolam/protocol'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Role } from '../peer.ts'
import type { Relay } from '../relay.ts'
import { attach } from './attach.ts'
import { WebSocketPeer } from './peer.ts'
import { documentIdOf, isOriginAllowed } from './request.ts'

/** What `authorize` says about a request: in, as whom, or out, with a close code. */
export type Admission =
  | { readonly ok: true; readonly role: Role; readonly person: string }
  | { readonly ok: false; readonly code: number; readonly reason: string }

/** How WebSocket is served. */
export interface WebSocketOptions {
  readonly server: Server
  readonly relay: Relay
  /** Where documents live; `/sync/` unless given. */
  readonly path?: string
  /** Other origins, as in `https://example.org`, whose pages may connect. The server's own always may. */
  readonly origins?: readonly string[]
  /** The largest frame taken; a larger one closes the connection with 1009. */
  readonly frameBytesMax?: number
  /** Who is asking for which document. Everybody is an editor unless given. A rejection closes with 1013. */
  authorize?(request: IncomingMessage, id: string): Admission | Promise<Admission>
}

const EVERYBODY: Admission = { ok: true, role: 'editor', person: '' }
const FORBIDDEN: Admission = {
  ok: false,
  code: CloseCode.Forbidden,
  reason: 'Cannot connect from another site',
}
const BAD_ID: Admission = {
  ok: false,
  code: CloseCode.BadDocumentId,
  reason: 'Cannot open: this is no document id',
}
const NOT_NOW: Admission = {
  ok: false,
  code: CloseCode.TryLater,
  reason: 'Cannot tell who you are',
}

/** Serves the relay below `path` of an HTTP server until the disposer is called, which cuts what is still connected. */
export function serveWebSocket(options: WebSocketOptions): Disposer {
  const { server, path = '/sync/' } = options
  const webSockets = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    perMessageDeflate: false,
    maxPayload: options.frameBytesMax ?? LIMITS.frameBytesMax,
    handleProtocols: chooseProtocol,
  })

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const id = documentIdOf(request.url, path)
    if (id === null) return refuseOtherPath(server, socket)
    socket.on('error', ignore) // a connection that breaks during the handshake has nobody else to tell
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', ignore) // `close` follows and says all there is to know
      welcome(options, { request, webSocket, socket, id })
    })
  }

  server.on('upgrade', onUpgrade)
  return () => {
    server.off('upgrade', onUpgrade)
    webSockets.close()
    for (const webSocket of webSockets.clients) webSocket.terminate()
  }
}

interface Arrival {
  readonly request: IncomingMessage
  readonly webSocket: WebSocket
  readonly socket: Duplex
  readonly id: string
}

/** Without a wait where there is nothing to wait for: the first frames may be in the upgrade's own packet. */
function welcome(options: WebSocketOptions, arrival: Arrival): void {
  const admission = admissionOf(options, arrival)
  if (admission instanceof Promise) void welcomeLater(options, arrival, admission)
  else settle(options, arrival, admission)
}

/** Frames wait in the socket until it is known who sends them. */
async function welcomeLater(
  options: WebSocketOptions,
  arrival: Arrival,
  admission: Promise<Admission>,
): Promise<void> {
  arrival.webSocket.pause()
  settle(options, arrival, await admission)
  arrival.webSocket.resume()
}

function settle(
  { relay }: WebSocketOptions,
  { webSocket, socket, id }: Arrival,
  admitted: Admission,
): void {
  const peer = new WebSocketPeer(webSocket, socket)
  if (!admitted.ok) return peer.close(admitted.code, admitted.reason)
  const { role, person } = admitted
  const who = { kolam: webSocket.protocol === SUBPROTOCOL, role, person }
  attach(webSocket, relay.connect(id, peer, who))
}

function admissionOf(
  options: WebSocketOptions,
  { request, id }: Arrival,
): Admission | Promise<Admission> {
  if (!isOriginAllowed(request, options.origins ?? [])) return FORBIDDEN
  if (id === '') return BAD_ID
  if (!options.authorize) return EVERYBODY
  return Promise.resolve()
    .then(() => options.authorize?.(request, id) ?? EVERYBODY)
    .catch(() => NOT_NOW)
}

/** Kolam's own where it is offered. Otherwise the first: browsers give up where a server takes none of theirs. */
function chooseProtocol(offered: Set<string>): string | false {
  if (offered.has(SUBPROTOCOL)) return SUBPROTOCOL
  return offered.values().next().value ?? false
}

/** Somebody else may serve other paths; where nobody does, the socket must not hang. */
function refuseOtherPath(server: Server, socket: Duplex): void {
  if (server.listenerCount('upgrade') > 1) return
  socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
}

function ignore(): void {}
