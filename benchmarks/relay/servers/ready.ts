/** How a server under test says where it listens, and ends when it is told to. */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Listens on a free port of the loopback and prints it as JSON. */
export function serve(server: Server): void {
  server.listen(0, '127.0.0.1', () => ready((server.address() as AddressInfo).port))
  process.on('SIGTERM', () => process.exit(0))
}

/** Prints the port as JSON. */
export function ready(port: number): void {
  process.stdout.write(`${JSON.stringify({ port })}\n`)
}
