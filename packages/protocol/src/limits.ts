/** The bounds both sides of the wire keep. What is over them is refused; only a presence state is cut. To be imported as `LIMITS`. */

const KIB = 1024
const MIB = 1024 * KIB

/** One frame. A step2 carries a whole document and the protocol has no chunks, so it bounds documents too. */
export const frameBytesMax = 64 * MIB
/** One awareness message. Stock clients repeat what everybody in the room said, so it is far above one state. */
export const awarenessBytesMax = MIB
/** One person's state: a name, a colour, a cursor, a selection. A relay passes on no larger one. */
export const awarenessStateBytesMax = 64 * KIB
/** Entries of one awareness message: more people than one room takes. */
export const awarenessEntriesMax = 4096
/** A sentence for people: of auth, health and close. WebSocket gives a close reason 123 bytes. */
export const reasonBytesMax = 4 * KIB
export const closeReasonBytesMax = 123
/** A state vector: one pair of numbers for each client that ever edited. */
export const stateVectorBytesMax = 4 * MIB
