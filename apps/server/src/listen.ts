/** Opening and closing the port, with the ways it fails in plain words. */
import type { Server } from 'node:http'
import { isIPv6 } from 'node:net'
import type { Disposer } from '@kolam/base'
import { systemClock } from '@kolam/base'

/** The server cannot start; the message says why and what to do. */
export class StartError extends Error {
  override readonly name = 'StartError'
}

/** How long connections may take to end by themselves before they are cut. */
const GOODBYE_MS = 1_000

/** Resolves when the server takes connections; rejects with a `StartError`. */
export function listen(server: Server, address: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(toStartError(error, address)))
    server.listen(address.port, address.host, resolve)
  })
}

/** Takes no new connections, waits a moment for the open ones, then cuts them with `cut`. */
export async function stopListening(server: Server, cut: Disposer = () => {}): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const cancel = systemClock.after(GOODBYE_MS, () => {
    cut()
    server.closeAllConnections()
  })
  await closed
  cancel()
  cut()
}

/** The address to open in a browser. */
export function urlOf(server: Server, host: string): string {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`
}

function toStartError(error: Error, { host, port }: { host: string; port: number }): StartError {
  const code = 'code' in error ? String(error.code) : ''
  const remedy = REMEDIES[code] ?? error.message
  return new StartError(`Cannot listen on ${host}:${port}: ${remedy}`, { cause: error })
}

const REMEDIES: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program uses the port; stop it, or set PORT to another one',
  EACCES: 'this user may not; set PORT to a number above 1023',
  EADDRNOTAVAIL: 'this machine does not have that address; set HOST to one it has',
  ENOTFOUND: 'there is no such host; set HOST to an address of this machine',
}
