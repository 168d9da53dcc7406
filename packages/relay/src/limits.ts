/** Every number the relay keeps to, with its reason. All can be given to `new Relay({ limits })`. */
import { LIMITS } from '@kolam/protocol'

const KIB = 1024
const MIB = 1024 * KIB

export type Limits = { readonly [Name in keyof typeof DEFAULT_LIMITS]: number }

/** The values used where nothing else is given. */
export const DEFAULT_LIMITS = {
  /** Rooms in memory at once. Each holds its document's bytes. */
  roomsMax: 10_000,
  /** Connections of the whole relay: each costs a socket and some kilobytes. */
  sessionsMax: 20_000,
  /** Connections of one room: every update goes to each of them. */
  roomPeersMax: 1_000,
  /** Connections that wait for their documents to be loaded: a disk that hangs must not gather them without end. */
  waitingJoinsMax: 4_096,
  /** One frame; a step2 holds a whole document. */
  frameBytesMax: LIMITS.frameBytesMax,
  /** One update to be stored: a large import, far below what a document may hold. */
  updateBytesMax: 32 * MIB,
  /** Snapshot and log of one document: what can be sent to a joiner in frames that every client takes. */
  documentBytesMax: 60 * MIB,
  /**
   * Client ids that wrote in one document, each visit being one: as many as a state vector holds that every client takes
   * (16 bytes each at their longest).
   */
  documentAuthorsMax: Math.floor(LIMITS.stateVectorBytesMax / 16) - 1,
  /** How often an update is held against the document again because some of it came from others meanwhile. */
  siftTriesMax: 8,
  /** One awareness message. */
  awarenessBytesMax: LIMITS.awarenessBytesMax,
  /** Connections of one address at a time: an office behind one router. Loopback is not counted. */
  addressConnectionsMax: 512,
  /** New connections of one address: a busy office that comes back after a restart, no hammer. */
  addressConnectsPerSecond: 20,
  addressConnectsBurst: 600,
  /** How long it may take to find out who connects. */
  handshakeMs: 10_000,
  /** How long it may take to find out whether somebody may stay; until then nothing is sent to them. */
  recheckMs: 800,
  /** Connections about which it is being found out who they are: each holds a socket and a question. */
  waitingHandshakesMax: 1_024,
  /** A person's name as it is stored with each update. */
  personCharsMax: 256,
  /** Addresses remembered for having come often, beyond those that are connected; the oldest are forgiven first. */
  addressesMax: 16_384,
  /** A refused stock client hears it this late: up to version 3.0 it comes back at once (measured: 10 times a second). */
  refusalDelayMs: 1_000,
  /** Refused connections that wait to hear it; more are closed at once, for they cost a socket each. */
  refusalsWaitingMax: 1_024,
  /** A connection that was told goodbye and does not answer is cut: `ws` would wait for half a minute. */
  closeMs: 5_000,
  /** Lines over HTTP, also those that only wait to say why they ended. */
  httpLinesMax: 20_000,
  /** The body of one request of a line: proxies take a megabyte, and clients cut what is larger. */
  httpPostBytesMax: MIB,
  /** One answer to a poll. */
  httpPollBytesMax: MIB,
  /** A poll for which nothing comes is answered after this: below the half minute of impatient proxies. */
  httpPollMs: 20_000,
  /** A line that polls and has not asked for so long is gone. */
  httpAwayMs: 10_000,
  /** A line whose stream broke takes what is on its way for so long: the last words of a page that closes. */
  httpLingerMs: 1_000,
  /** Messages of one connection: hands and pointers of several tabs. Who sends faster is read more slowly. */
  messagesPerSecond: 1_000,
  messagesBurst: 4_000,
  /** Bytes of one connection: a document at once, and then a steady stream. */
  bytesPerSecond: 8 * MIB,
  bytesBurst: 64 * MIB,
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
  /** A connection is pinged when it has been silent for so long, and closed when it then stays silent for `pongMs`. */
  pingMs: 20_000,
  pongMs: 10_000,
  /** Pause between the starts of two commits under load: bigger batches, fewer writes. */
  commitPaceMs: 4,
  /** For each write to a connection the pause is as long, so that writing takes a tenth of the time or less. */
  writePaceMs: 0.16,
  /** The longest pause: with some hundred connections at work all the time a hand still looks alive. */
  commitPaceMsMax: 64,
  /** How long presence may wait beyond the pause for a commit of its room to ride with. */
  presenceRideMs: 16,
  /** A store that failed is tried again after a random wait below a bound that doubles from base to cap. */
  retryBaseMs: 100,
  retryCapMs: 5_000,
  /** A peer this far behind gets no presence until it has caught up. */
  presenceBufferedBytesMax: 256 * KIB,
  /** A peer this far behind gets no updates either; when it has read what waits it is brought up to date by one answer. */
  bufferedBytesMax: MIB,
  /** A peer that gets no updates and takes nothing at all for so long is closed. */
  stalledMs: 60_000,
  /** Big writes (an answer, an import) are not held against a peer until it has taken them, up to this much. */
  allowanceBytesMax: 64 * MIB,
  /** Client ids one connection may speak for: a browser's tabs share them. */
  presenceIdsMax: 64,
  /** States of one connection together; beyond it an id is there and says nothing. */
  presenceConnectionBytesMax: 64 * KIB,
  /** How often a connection may speak for an id that somebody else here has, as a tab does for the one beside it. */
  presenceClaimsBurst: 8,
  presenceClaimsPerSecond: 0.1,
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
  /** But only one with at least this part of the bytes of the snapshot: for each byte of it at most so many are written. */
  compactRatio: 8,
  /** A log this long is compacted in any case: each update costs whoever opens the document. */
  compactUpdatesMax: 16_384,
  /** Between two compactions of an open room: each makes the document twice, on a thread. */
  compactPauseMs: 5_000,
  /** A log of this many updates is compacted when the room is unloaded. */
  compactOnUnloadUpdates: 16,
  /** Shortest time between two descriptions (title, number of shapes) of a document that changes. */
  describeMs: 5_000,
  /** And the longest for one that changes all the time, doubling from `describeMs`: merging and reading it costs. */
  describeMsMax: 20_000,
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
