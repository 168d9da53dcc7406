/**
 * Answers only to the names the server has. A page that points its own name at somebody's loopback address would
 * otherwise be at home here: same origin, and whoever reaches the server may do everything.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isAllowedHost } from '@kolam/relay/ws'
import { refusals } from './api-error.ts'

/** What machines ask by whatever name or address they find, and what tells nothing about anybody. */
const FOR_MACHINES = /^\/(?:healthz|metrics)(?:[?]|$)/

/** As long as a host name may be. */
const NAME_LENGTH_MAX = 253

/** Whether the request is for a name the server answers to. */
export function isAnswered(
  { url, headers }: IncomingMessage,
  hosts: readonly string[] | undefined,
): boolean {
  return FOR_MACHINES.test(url ?? '') || isAllowedHost(headers.host, hosts)
}

/** Says so, to a program as JSON and to a person in words. */
export function refuseHost(
  { headers }: IncomingMessage,
  response: ServerResponse,
  isProgram: boolean,
): void {
  const { status, code, message } = refusals.badHost((headers.host ?? '').slice(0, NAME_LENGTH_MAX))
  const type = isProgram ? 'application/json' : 'text/plain; charset=utf-8'
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' })
  response.end(isProgram ? JSON.stringify({ error: { code, message } }) : `${message}\n`)
}
