/** What the relay counts for metrics. They only grow. */

/** Counters of one relay; whoever does a thing counts it here. */
export interface Counts {
  /** Updates stored. */
  updates: number
  /** Bytes of those. */
  updateBytes: number
  /** Updates times the connections they went to. */
  deliveries: number
  /** Frames that came in, and their bytes. */
  receivedFrames: number
  receivedBytes: number
  /** Bytes of frames that were written. */
  sentBytes: number
  /** How often a connection that reads slowly was cut off from presence, and from updates. */
  presenceShed: number
  resyncs: number
  /** How often a connection that sends fast was read more slowly. */
  pauses: number
  /** Edits refused because of the person's role or the document's size. */
  refusedEdits: number
  /** Snapshots written, the bytes of what they took the place of and their own, and those that could not be written. */
  compactions: number
  compactedBytes: number
  snapshotBytes: number
  compactionsFailed: number
  /** Documents opened of which something could not be used. */
  damagedOpens: number
  /** Connections the relay ended or turned away, by close code. */
  readonly closings: Map<number, number>
}

/** All at zero. */
export function createCounts(): Counts {
  return {
    updates: 0,
    updateBytes: 0,
    deliveries: 0,
    receivedFrames: 0,
    receivedBytes: 0,
    sentBytes: 0,
    presenceShed: 0,
    resyncs: 0,
    pauses: 0,
    refusedEdits: 0,
    compactions: 0,
    compactedBytes: 0,
    snapshotBytes: 0,
    compactionsFailed: 0,
    damagedOpens: 0,
    closings: new Map(),
  }
}

/** One more connection was ended with this code. */
export function countClosing(counts: Counts, code: number): void {
  counts.closings.set(code, (counts.closings.get(code) ?? 0) + 1)
}
