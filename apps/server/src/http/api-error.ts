/** Everything the HTTP interface refuses: code, status and sentence in one place. */
import { StoreError } from '@kolam/persistence'
import { RelayError } from '@kolam/relay'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** A refusal with a stable code and a sentence a person can act on. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: string
  readonly status: ContentfulStatusCode

  constructor(status: ContentfulStatusCode, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** The catalogue. */
export const refusals = {
  badDocumentId: () => new ApiError(400, 'bad-document-id', 'This is no document id'),
  badBody: (what: string) =>
    new ApiError(400, 'bad-request', `The request is not understood: ${what}`),
  titleTooLong: (max: number) =>
    new ApiError(400, 'title-too-long', `A title has at most ${max} characters`),
  badOrigin: () =>
    new ApiError(403, 'forbidden-origin', 'Pages of other sites may not change anything here'),
  badHost: (name: string) =>
    new ApiError(
      403,
      'forbidden-host',
      `This server does not answer to the name ${JSON.stringify(name)}: if it is its name, add it to KOLAM_HOSTS`,
    ),
  noDocument: () => new ApiError(404, 'not-found', 'There is no such document'),
  trashed: () => new ApiError(410, 'trashed', 'This document is in the trash'),
  deleted: () => new ApiError(410, 'deleted', 'This document was deleted'),
  noPoint: () => new ApiError(404, 'not-found', 'There is no such point in the history'),
  nothingToKeep: () =>
    new ApiError(409, 'nothing-to-keep', 'There is nothing in this document yet'),
  damagedData: () =>
    new ApiError(500, 'damaged', 'This part of the data is damaged on the server’s disk'),
  noAsset: () => new ApiError(404, 'not-found', 'There is no such image'),
  noRoute: () => new ApiError(404, 'not-found', 'There is nothing at this address'),
  tooLarge: (bytesMax: number) =>
    new ApiError(413, 'too-large', `The request is larger than ${bytesMax} bytes`),
  broken: () => new ApiError(500, 'internal', 'Something broke on the server'),
  notReady: (why: string) => new ApiError(503, 'unavailable', why),
}

/** What the store refuses because of the document, not because of the disk. */
const BY_STORE_CODE = {
  trashed: refusals.trashed,
  deleted: refusals.deleted,
  invalid: refusals.noDocument,
  corrupt: refusals.damagedData,
} as const

/** The refusal that stands for whatever a route threw. */
export function toApiError(error: Error): ApiError {
  if (error instanceof ApiError) return error
  if (error instanceof StoreError && error.code in BY_STORE_CODE) {
    return BY_STORE_CODE[error.code as keyof typeof BY_STORE_CODE]()
  }
  if (error instanceof StoreError || error instanceof RelayError) {
    return refusals.notReady('The disk or the document does not answer: try again in a moment')
  }
  return refusals.broken()
}

/** The refusal as the answer to a request. */
export function sendError(context: Context, { status, code, message }: ApiError): Response {
  return context.json({ error: { code, message } }, status)
}
