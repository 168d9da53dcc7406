/**
 * The other way to the relay, for where proxies let no WebSocket through: a line made of ordinary requests, below the
 * same path and through the same door. Whoever may not come in is answered with 200 and the reason as a close, as a
 * WebSocket is, so that a client reads one language.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { SUBPROTOCOL } from '@kolam/protocol'
import { Connection } from '../door/connection.ts'
import type { Door } from '../door/door.ts'
import { isAllowedHost, isAllowedOrigin } from '../door/origin.ts'
import { documentIdOf } from '../door/request.ts'
import { closings } from '../errors.ts'
import { allowForeign, answerStatus } from './headers.ts'
import { HttpLine } from './line.ts'

/** How lines over HTTP are served. */
export interface HttpOptions {
  /** The one WebSocket is served through: `serveWebSocket(…).door`. */
  readonly door: Door
  /** Where documents live; `/sync/` unless given. */
  readonly path?: string
}

/** What serves. To call it is to stop: lines that are left are cut. */
export interface HttpService {
  (): void
  /** How many lines there are, also those that end. */
  lines(): number
  /** Answers a request that is about a line; false for any other, which is left alone. */
  answer(request: IncomingMessage, response: ServerResponse): boolean
}

/** What a request asks for. */
interface Asked {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly id: string
  readonly query: URLSearchParams
}

/** Serves lines below `path` until it is stopped. The caller hands it the requests. */
export function serveHttp({ door, path = '/sync/' }: HttpOptions): HttpService {
  const lines = new Map<string, HttpLine>()
  let isOpen = true

  function answer(request: IncomingMessage, response: ServerResponse): boolean {
    const id = documentIdOf(request.url, path)
    const query = new URLSearchParams(request.url?.split('?', 2)[1])
    if (id === null || !(query.has('line') || query.get('transport') === 'http')) return false
    allowForeign(request, response, door.origins)
    if (!isOpen) answerStatus(response, 503)
    else if (query.has('line')) goOn(door, lines, { request, response, id, query })
    else begin(door, lines, { request, response, id, query })
    return true
  }

  function stop(): void {
    isOpen = false
    for (const line of lines.values()) line.terminate()
  }

  return Object.assign(stop, { answer, lines: () => lines.size })
}

/** A new line, let in or turned away by the door. */
function begin(door: Door, lines: Map<string, HttpLine>, asked: Asked): void {
  const { request, response, id, query } = asked
  if (request.method !== 'GET') return answerStatus(response, 405)
  const { relay, clock } = door
  const { limits } = relay
  const offered = query.getAll('protocol')
  const kolam = offered.includes(SUBPROTOCOL)
  const protocol = kolam ? SUBPROTOCOL : (offered[0]?.slice(0, PROTOCOL_CHARS_MAX) ?? '')
  const way = query.has('poll') ? 'poll' : 'stream'
  const line = new HttpLine({ clock, limits }, { documentId: id, protocol, kolam, way, response })
  if (lines.size >= limits.httpLinesMax) return void relay.turnAway(line, closings.relayFull())
  lines.set(line.name, line)
  line.onClosed(() => lines.delete(line.name))
  new Connection(door, { request, id, carrier: line }).begin(request)
}

/** What a client offers is said back to it, as far as a name may be long. */
const PROTOCOL_CHARS_MAX = 64

/** A request of a line there is. Nobody else knows its name, but a page that may not connect may not guess either. */
function goOn(door: Door, lines: ReadonlyMap<string, HttpLine>, asked: Asked): void {
  const { request, response, id, query } = asked
  if (!mayAsk(door, request)) return answerStatus(response, 403)
  const line = lines.get(query.get('line') ?? '')
  if (line?.documentId !== id) return answerStatus(response, 404)
  const [after, at] = [numberIn(query, 'after'), numberIn(query, 'at')]
  if (request.method === 'GET' && typeof after === 'number') return line.poll(response, after)
  if (request.method !== 'POST') return answerStatus(response, 405)
  if (at === 'bad') return answerStatus(response, 400)
  void line.post({ request, response, at, leaves: query.has('leave') })
}

function mayAsk({ hosts, origins }: Door, { headers }: IncomingMessage): boolean {
  const { origin, host, 'sec-fetch-site': site } = headers
  const source = { origin, host, site: site?.toString() }
  return isAllowedHost(host, hosts) && isAllowedOrigin(source, origins)
}

/** A number of bytes; null where none is said. */
function numberIn(query: URLSearchParams, name: string): number | 'bad' | null {
  const text = query.get(name)
  if (text === null) return null
  return /^\d{1,15}$/.test(text) ? Number(text) : 'bad'
}
