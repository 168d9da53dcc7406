/** Where the relay says what happened. It never prints. */

/** Takes an event's name and its details; must not throw. */
export interface Log {
  /** What only somebody who looks for a fault wants to read. */
  debug(event: string, details?: Readonly<Record<string, unknown>>): void
  info(event: string, details?: Readonly<Record<string, unknown>>): void
  warn(event: string, details?: Readonly<Record<string, unknown>>): void
  error(event: string, details?: Readonly<Record<string, unknown>>): void
}

/** Says nothing. */
export const silentLog: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore }

/** An error as a detail of a log line. */
export function errorText(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}

function ignore(): void {}
