/** The port through which the tabs of one document talk to each other. Nobody hears what they post themselves. */

/** Open until closed; nothing is said to be heard. */
export interface Channel {
  listener: ((bytes: Uint8Array) => void) | null
  post(bytes: Uint8Array): void
  close(): void
}
