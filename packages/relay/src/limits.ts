/** Every number the relay keeps to, with its reason. All can be given to `new Relay({ limits })`. */
import { LIMITS } from '@kolam/protocol'

const MIB = 1024 * 1024

export type Limits = { readonly [Name in keyof typeof DEFAULT_LIMITS]: number }

/** The values used where nothing else is given. */
export const DEFAULT_LIMITS = {
  /** Rooms in memory at once. Each holds its document's bytes. */
  roomsMax: 10_000,
  /** Connections of the whole relay: each costs a socket and some kilobytes. */
  sessionsMax: 20_000,
  /** Connections of one room: every update goes to each of them. */
  roomPeersMax: 1_000,
  /** One frame; a step2 holds a whole document. */
  frameBytesMax: LIMITS.frameBytesMax,
  /** Frames one connection may send before its room is loaded or while an earlier one is examined. */
  waitingFramesMax: 4_096,
  waitingBytesMax: 64 * MIB,
  /** Step1s of one connection that wait while one is answered: each costs a look at the whole document. */
  waitingQuestionsMax: 64,
  /** Updates of all rooms that wait for the disk. Beyond it senders are turned away and keep their edits. */
  queueBytesMax: 128 * MIB,
  /** A connection that said nothing at all by then is closed. */
  firstFrameMs: 30_000,
  /** Stock clients leave after 30 s without a frame; two keepalives fit in between. */
  keepaliveMs: 10_000,
  /** How often quiet sockets are looked for. Small beside `keepaliveMs`, for it adds to it. */
  tickMs: 1_000,
  /** A socket that gave no sign of life from one ping to the next is closed. */
  pingMs: 30_000,
  /** Pause between the starts of two commits under load: bigger batches, fewer writes. */
  commitPaceMs: 4,
  /** Pause between two flushes of presence alone. */
  presencePaceMs: 4,
  /** How long presence may wait for a commit of its room to ride with. */
  presenceRideMs: 20,
  /** A store that failed is tried again after a random wait below a bound that doubles from base to cap. */
  retryBaseMs: 100,
  retryCapMs: 5_000,
  /** A peer this far behind gets no presence until it has caught up. */
  presenceBufferedBytesMax: MIB,
  /** A peer this far behind is closed; it comes back and gets what it lacks as one answer. */
  bufferedBytesMax: 16 * MIB,
  /** Big writes (an answer, an import) are not held against a peer until it has taken them, up to this much. */
  allowanceBytesMax: 64 * MIB,
  /** Client ids one connection may speak for: a browser's tabs share them. */
  presenceIdsMax: 64,
  /** Gone ids a room remembers, to know a client that comes back with a clock everybody has seen. */
  presenceGoneMax: 4_096,
  /** How long after loading a room an unknown id may be an old one: a stock client's clock moves every 15 s. */
  presenceProbeMs: 60_000,
  /** Probes of the others in the room are gathered this long, so that many who rejoin cause one round. */
  presenceProbeGatherMs: 250,
  /** How long a room stays in memory after the last one left. */
  unloadMs: 30_000,
  /** A log of this many updates, or with as many bytes as the snapshot, is compacted while the room is open. */
  compactUpdates: 500,
  compactBytesMin: MIB,
  /** A log of this many updates is compacted when the room is unloaded. */
  compactOnUnloadUpdates: 16,
  /** Shortest time between two descriptions (title, number of shapes) of a document that changes. */
  describeMs: 5_000,
  /** How long `close()` waits for the disk. */
  closeGraceMs: 10_000,
  /** Clients told goodbye return after a random time between these, so that a restart is no storm. */
  retryAfterMsMin: 500,
  retryAfterMsMax: 5_000,
} as const

/** The defaults with some of them replaced. */
export function limitsOf(limits: Partial<Limits> = {}): Limits {
  return { ...DEFAULT_LIMITS, ...limits }
}
