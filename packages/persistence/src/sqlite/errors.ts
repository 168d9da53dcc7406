/** Turns what SQLite and the file system throw into the codes of `StoreError`. Never retries anything. */
import { StoreError, type StoreErrorCode } from '../store-error.ts'

/** SQLite's primary result codes that mean something of their own to the caller. */
const BY_RESULT: Readonly<Record<number, StoreErrorCode>> = {
  8: 'read-only',
  11: 'corrupt',
  13: 'full',
  26: 'corrupt',
}

const BY_ERRNO: Readonly<Record<string, StoreErrorCode>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
}

const MEANING: Readonly<Record<StoreErrorCode, string>> = {
  corrupt: 'the file is damaged',
  full: 'the disk is full',
  'read-only': 'the disk takes no writes',
  closed: 'the store is closed',
  unavailable: 'the disk did not answer',
  locked: 'another process holds it',
  'newer-schema': 'a newer version wrote it',
  invalid: 'the call makes no sense',
  trashed: 'it is in the trash',
  deleted: 'it was deleted',
}

/** `BUSY` and `LOCKED`: somebody else holds the file right now. */
export function isBusy(error: unknown): boolean {
  const result = resultOf(error)
  return result === 5 || result === 6
}

/** The `StoreError` for whatever went wrong while doing `what`; one that is a `StoreError` already stays itself. */
export function toStoreError(error: unknown, what: string): StoreError {
  if (error instanceof StoreError) return error
  const code = codeOf(error)
  const detail = error instanceof Error ? error.message : String(error)
  return new StoreError(code, `Cannot ${what}: ${MEANING[code]} (${detail})`, { cause: error })
}

function codeOf(error: unknown): StoreErrorCode {
  const result = resultOf(error)
  if (result !== undefined) return BY_RESULT[result] ?? 'unavailable'
  const errno = error instanceof Error && 'code' in error ? String(error.code) : ''
  return BY_ERRNO[errno] ?? 'unavailable'
}

/** The primary result code; the extended one carries it in its low byte. */
function resultOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined
}
