/** How a call fails, as one sentence for the person who made it. The whole error is kept for bugs only. */
import { StoreError } from '@kolam/persistence'
import { ConfigError } from '../config.ts'

/** The call itself is wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** What was asked for cannot be done. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}

/** A failed call: what to say, and how to exit. */
export interface Failure {
  readonly code: 1 | 2
  readonly words: string
}

/** The failure an error means. */
export function failureOf(error: unknown): Failure {
  if (error instanceof UsageError) return { code: 2, words: error.message }
  if (error instanceof CommandError || error instanceof StoreError || error instanceof ConfigError)
    return { code: 1, words: error.message }
  if (!(error instanceof Error)) return { code: 1, words: String(error) }
  // The file system's own words name the path and are one line.
  if ('syscall' in error) return { code: 1, words: `The disk refuses: ${error.message}` }
  return { code: 1, words: `This is a bug in Kolam: ${error.stack ?? error.message}` }
}
