/**
 * The single typed door to globalThis: what Kolam takes from its platform that the language itself does not
 * have. Browsers and Node both provide all of it. Never exported from the package; nothing else names a global.
 */

interface Platform {
  readonly crypto: { getRandomValues(bytes: Uint8Array): Uint8Array }
  readonly TextEncoder: new () => { encode(text: string): Uint8Array }
  readonly TextDecoder: new (
    label: string,
    options: { fatal: boolean; ignoreBOM: boolean },
  ) => { decode(bytes: Uint8Array): string }
  readonly Date: { now(): number }
  readonly Math: { random(): number }
  setTimeout(run: () => void, ms: number): unknown
  clearTimeout(handle: unknown): void
}

/** The globals Kolam uses, typed. */
export const platform = globalThis as unknown as Platform
