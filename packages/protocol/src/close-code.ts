/**
 * Why a socket was closed, as numbers both sides agree on. PROTOCOL.md says what each side does about them. 4400 to 4499 are
 * permanent, except that who was silent may do better on the next line. To be imported as `CloseCode`.
 */

export const Normal = 1000
export const GoingAway = 1001
export const TooLarge = 1009
export const InternalError = 1011
export const Restart = 1012
export const TryLater = 1013
export const BadMessage = 4400
export const NotSignedIn = 4401
export const Forbidden = 4403
export const BadDocumentId = 4404
export const Silent = 4408
export const Taken = 4409
export const Gone = 4410
export const TooMany = 4429
