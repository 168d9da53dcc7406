/** The way down as one answer that goes on for as long as the line. What the socket takes counts as taken. */
import type { ServerResponse } from 'node:http'
import { beginBytes } from './headers.ts'
import type { WayDown, WayEvents } from './way-down.ts'

export class StreamDown implements WayDown {
  readonly #response: ServerResponse

  constructor(response: ServerResponse, events: WayEvents) {
    this.#response = response
    response.on('error', ignore)
    response.on('drain', () => events.drained())
    response.on('close', () => events.ended())
    beginBytes(response)
  }

  get bufferedBytes(): number {
    return this.#response.destroyed ? 0 : this.#response.writableLength
  }

  write(bytes: Uint8Array): void {
    if (!this.#response.writableEnded && !this.#response.destroyed) this.#response.write(bytes)
  }

  finish(): void {
    this.#response.end()
  }

  cut(): void {
    this.#response.destroy()
  }
}

/** `close` follows. */
function ignore(): void {}
