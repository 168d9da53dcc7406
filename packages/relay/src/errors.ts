/** Every reason the relay closes a connection for: code and sentence in one place. */
import { StoreError } from '@kolam/persistence'
import { CloseCode } from '@kolam/protocol'

/** How a connection ends. */
export interface Closing {
  readonly code: number
  readonly reason: string
}

/** The catalogue. Sentences stay below the 123 bytes a close frame holds. */
export const closings = {
  badDocumentId: () => closing(CloseCode.BadDocumentId, 'Cannot open: this is no document id'),
  badMessage: (why: string) => closing(CloseCode.BadMessage, why),
  tooLarge: (bytes: number, bytesMax: number) =>
    closing(CloseCode.TooLarge, `Cannot accept ${bytes} bytes: limit is ${bytesMax}`),
  silent: () => closing(CloseCode.Silent, 'Nothing was said after connecting'),
  gone: () => closing(CloseCode.TryLater, 'No sign of life'),
  roomFull: (peersMax: number) =>
    closing(CloseCode.TryLater, `Cannot join: the room has ${peersMax} connections`),
  tooManyFromAddress: (connectionsMax: number) =>
    closing(
      CloseCode.TooMany,
      `Cannot join: your address has ${connectionsMax} connections already`,
    ),
  tooFastFromAddress: () =>
    closing(CloseCode.TooMany, 'Cannot join: your address connects too often'),
  foreignOrigin: () => closing(CloseCode.Forbidden, 'Cannot connect from another site'),
  notSignedIn: () => closing(CloseCode.NotSignedIn, 'Cannot go on: the permission has expired'),
  cannotTellWho: () => closing(CloseCode.TryLater, 'Cannot tell who you are'),
  foreignHost: () =>
    closing(CloseCode.Forbidden, 'Cannot connect: the server does not answer to this name'),
  waitingHandshakes: () => closing(CloseCode.TryLater, 'Cannot join: too many are at the door'),
  taken: () =>
    closing(
      CloseCode.Taken,
      "Cannot accept: this is written over what is there in the author's name",
    ),
  tooEarly: () =>
    closing(CloseCode.TryLater, 'Cannot accept: what comes before this deletion is missing'),
  badFrame: (code: number, why: string) => closing(code, why),
  notBinary: () => closing(CloseCode.BadMessage, 'Cannot accept text: frames are binary'),
  waitingJoins: () => closing(CloseCode.TryLater, 'Cannot join: too many wait for their documents'),
  relayFull: () => closing(CloseCode.TryLater, 'Cannot join: the server is full'),
  cannotLoad: () => closing(CloseCode.TryLater, 'Cannot open: the document did not load'),
  trashed: () => closing(CloseCode.Gone, 'Cannot open: the document is in the trash'),
  deleted: () => closing(CloseCode.Gone, 'Cannot open: the document was deleted'),
  cannotStore: () => closing(CloseCode.TryLater, 'Cannot accept: the disk does not keep up'),
  cannotAnswer: () => closing(CloseCode.TryLater, 'Cannot answer: the document could not be read'),
  waitingTooMuch: () => closing(CloseCode.TryLater, 'Cannot accept: too much waits already'),
  tooSlow: () => closing(CloseCode.TryLater, 'Cannot keep up: the send buffer is full'),
  restart: () => closing(CloseCode.Restart, 'The server restarts'),
  ourFault: () => closing(CloseCode.InternalError, 'Something broke on the server'),
}

/** How a store's refusal to give or take a document ends its connections; `otherwise` where it may pass. */
export function closingOf(error: unknown, otherwise: Closing): Closing {
  if (!(error instanceof StoreError)) return otherwise
  if (error.code === 'trashed') return closings.trashed()
  return error.code === 'deleted' ? closings.deleted() : otherwise
}

/** Why an embedder's call was refused. */
export type RelayErrorCode = 'closed' | 'bad-document-id' | 'malformed' | 'busy' | 'refused'

/** A refused `apply` or `read`. */
export class RelayError extends Error {
  override readonly name = 'RelayError'
  readonly code: RelayErrorCode

  constructor(code: RelayErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.code = code
  }
}

function closing(code: number, reason: string): Closing {
  return { code, reason }
}
