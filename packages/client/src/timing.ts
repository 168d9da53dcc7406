/** Every wait and limit of the client, with its reason. Numbers only. */

/** All waits, in milliseconds. */
export type Timing = { readonly [Name in keyof typeof TIMING]: number }

/** The waits used where the option `timing` says nothing else. */
export const TIMING = {
  /** About 30 frames a second: faster than a hand can tell, slow enough to merge. */
  flushMs: 33,
  presenceMs: 33,
  /** With nobody there to see it, and on a page that nobody sees: enough not to be taken for gone after 30 s. */
  presenceAloneMs: 1_000,
  presenceHiddenMs: 15_000,
  /** A handshake that takes longer is on a line that will not carry a board. */
  connectMs: 10_000,
  /** A quiet Kolam relay is asked after this, and given as long again to answer. */
  quietMs: 5_000,
  pongMs: 5_000,
  /** A y-websocket server answers no ping; it renews presence every 15 s and Kolam fills in every 10 s. */
  stockSilenceMs: 35_000,
  /** A large document arrives as one message, and until it has, nothing else can. */
  syncSilenceMs: 60_000,
  /** After waking up the answer must come before a person starts to wonder. */
  probeMs: 2_000,
  /** A y-websocket server does not echo what it knew; then it is asked whether it has read so far. */
  barrierMs: 2_000,
  /** A change unanswered for so long on a living line is settled by a new handshake. */
  overdueMs: 30_000,
  /** What another tab wrote is on the server by then, if that tab still lives and has a line. */
  holdMs: 2_000,
  /** First retry after a drop: at once, but not all clients in the same instant. */
  retryFirstMs: 100,
  retryBaseMs: 500,
  /** A server that is only restarted has everybody back in two seconds; after that, nobody knows how long it is gone. */
  retrySoonCapMs: 1_500,
  retrySoonMs: 30_000,
  retryCapMs: 10_000,
  /** A relay may ask for patience, not for the rest of the day. */
  retryAfterMs: 60_000,
  /** What was too large is so again the next time: each attempt costs as much as all of it. */
  tooLargeMs: 60_000,
  /** After a faulty line, the next one must prove itself so long before retries are quick again. */
  trustMs: 10_000,
} as const

/** The waits with some of them replaced. */
export function timingOf(timing: Partial<Timing> = {}): Timing {
  return { ...TIMING, ...timing }
}

/** While the network has this much still to take, changes wait and merge instead of queueing. */
export const BUFFERED_BYTES_MAX = 256 * 1024
