/** Why a socket was closed, as numbers both sides agree on. PROTOCOL.md says what each side does about them. */

/** Close codes of Kolam. 4400 to 4499 are permanent: a client that sees one does not come back by itself. */
export const CloseCode = {
  Normal: 1000,
  GoingAway: 1001,
  TooLarge: 1009,
  InternalError: 1011,
  Restart: 1012,
  TryLater: 1013,
  BadMessage: 4400,
  NotSignedIn: 4401,
  Forbidden: 4403,
  BadDocumentId: 4404,
  Silent: 4408,
  Taken: 4409,
  Gone: 4410,
  TooMany: 4429,
} as const

export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode]

/** Whether trying again cannot help. Unknown codes, and none at all, count as passing troubles. */
export function isPermanent(code: number): boolean {
  return code >= 4400 && code < 4500
}
