/** The few messages of y-websocket that the bare servers know. */

/** A step2 that holds nothing: sync, step2, two bytes, an empty update. */
export const EMPTY_STEP2 = new Uint8Array([0, 1, 2, 0, 0])

/** Whether the frame asks for the document. */
export function isStep1(frame: Uint8Array): boolean {
  return frame[0] === 0 && frame[1] === 0
}

/** Whether the frame is an answer that, here, nobody asked for. */
export function isStep2(frame: Uint8Array): boolean {
  return frame[0] === 0 && frame[1] === 1
}
