/** What can be told of a presence state from its bytes. */
import { utf8Decode } from '@kolam/base'

/** The JSON `null`: the client is gone. */
export const NULL_STATE: Uint8Array = new Uint8Array([0x6e, 0x75, 0x6c, 0x6c])

/** Whether the state says that its client is gone. */
export function isNullState(state: Uint8Array): boolean {
  return state.length === NULL_STATE.length && NULL_STATE.every((byte, i) => state[i] === byte)
}

/** Whether every client will be able to parse the state; one that cannot may throw in its socket's handler. */
export function isJson(state: Uint8Array): boolean {
  try {
    const value: unknown = JSON.parse(utf8Decode(state))
    return value !== null // `null` with spaces: clients would disagree on what it means
  } catch {
    return false
  }
}
