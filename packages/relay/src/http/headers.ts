/** What all answers of a line over HTTP have in common. */
import type { IncomingMessage, ServerResponse } from 'node:http'

/** Nothing on the way may keep, gather or change it. */
const HEADERS = {
  'content-type': 'application/octet-stream',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
} as const

/** Begins an answer with bytes; its length is said where it is known. */
export function beginBytes(response: ServerResponse, length?: number): void {
  response.writeHead(200, length === undefined ? HEADERS : { ...HEADERS, 'content-length': length })
}

/** Answers with a status and nothing else, unless that was done or is not possible any more. */
export function answerStatus(response: ServerResponse, status: number): void {
  if (response.headersSent || response.destroyed) return
  response.writeHead(status, { 'cache-control': 'no-store', 'content-length': 0 })
  response.end()
}

/** A page of an origin on the list may read the answers, and is known by its cookies, as with WebSocket. */
export function allowForeign(
  { headers: { origin } }: IncomingMessage,
  response: ServerResponse,
  origins: readonly string[],
): void {
  if (origin === undefined || !origins.includes(origin)) return
  response.setHeader('access-control-allow-origin', origin)
  response.setHeader('access-control-allow-credentials', 'true')
  response.setHeader('vary', 'Origin')
}
