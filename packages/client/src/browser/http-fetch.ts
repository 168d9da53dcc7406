/** The platform's `fetch` behind the port of lines over HTTP. Adds nothing and decides nothing. */

import type { HttpAnswer, HttpCall, HttpRequest } from '../http/line/port.ts'

/** What a page that goes may leave to be sent is 64 KiB in all; browsers refuse more. */
const KEEPALIVE_BYTES_MAX = 32 * 1024

/** Makes a request, with the cookies a WebSocket would be opened with. */
export function fetchHttp({ method, url, body }: HttpRequest): HttpCall {
  const controller = new AbortController()
  const answer = fetch(url, {
    method,
    ...(body && body.length > 0 ? { body: new Uint8Array(body) } : {}),
    keepalive: method === 'POST' && (body?.length ?? 0) <= KEEPALIVE_BYTES_MAX,
    credentials: 'include',
    cache: 'no-store',
    redirect: 'error',
    signal: controller.signal,
  })
  return { answer: answer.then(answerOf), abort: () => controller.abort() }
}

function answerOf({ status, body }: Response): HttpAnswer {
  const reader = body?.getReader()
  return {
    status,
    next: async () => (await reader?.read())?.value ?? null,
  }
}
