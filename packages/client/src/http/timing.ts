/** Every wait and number of lines over HTTP and of the choice between them and WebSocket, with its reason. */

/** All of them. */
export type HttpTiming = { readonly [Name in keyof typeof HTTP_TIMING]: number }

const KIB = 1024

/** The values used where nothing else is given. */
export const HTTP_TIMING = {
  /** A stream that has not shown by then that it gets through is gathered somewhere on the way. */
  streamMs: 3_000,
  /** Between two tries of a request that got lost, and how often it is tried again. */
  retryMs: 500,
  retriesMax: 4,
  /** A line that was told to end hands over what waits for so long. */
  closeMs: 5_000,
  /** One request: small on a line that is slow, so that it is seen to move; proxies take no more than a megabyte. */
  postBytesMin: 16 * KIB,
  postBytesFirst: 64 * KIB,
  postBytesMax: 512 * KIB,
  /** The next request is larger after one that took less than the first of these, smaller after more than the second. */
  postQuickMs: 500,
  postSlowMs: 2_000,
  /** WebSockets in a row that never open before the next attempt goes over HTTP. */
  webSocketTries: 2,
  /** A WebSocket tried on the side must bring its first message in this time. */
  probeMs: 10_000,
  /** When it is tried: soon, since perhaps only the server was away; then ever more seldom. */
  probeFirstMs: 5_000,
  probeBaseMs: 60_000,
  probeCapMs: 600_000,
} as const

/** The values with some of them replaced. */
export function httpTimingOf(timing: Partial<HttpTiming> = {}): HttpTiming {
  return { ...HTTP_TIMING, ...timing }
}
