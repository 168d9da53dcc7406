/** What can be told of a presence state from its bytes: whether its client is gone, whether it is JSON, how deep it is. */
import { utf8Decode } from '@kolam/base'

/** The JSON `null`: the client is gone. */
export const NULL_STATE: Uint8Array = new Uint8Array([0x6e, 0x75, 0x6c, 0x6c])

/** The JSON `{}`: the client is there and says nothing. */
export const EMPTY_STATE: Uint8Array = new Uint8Array([0x7b, 0x7d])

/** Levels of a value that whoever compares or copies it can walk without running out of stack. */
const DEPTH_MAX = 32

/** Whether the state says that its client is gone. */
export function isNullState(state: Uint8Array): boolean {
  // Asked for every entry of every message, so without a loop.
  return (
    state.length === 4 &&
    state[0] === 0x6e &&
    state[1] === 0x75 &&
    state[2] === 0x6c &&
    state[3] === 0x6c
  )
}

/** The value of the bytes; undefined where they are no JSON. */
export function parseState(state: Uint8Array): unknown {
  try {
    return JSON.parse(utf8Decode(state)) as unknown
  } catch {
    return undefined
  }
}

/** Whether a value of JSON is an object, neither an array nor null. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Whether a value of JSON is not too deep and has nowhere the key that would replace an object's prototype. Walked for
 * every state that is passed on, so without building lists.
 */
export function isHarmless(value: unknown, levels = DEPTH_MAX): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (levels === 0) return false
  if (Array.isArray(value)) {
    for (const item of value) if (!isHarmless(item, levels - 1)) return false
    return true
  }
  const members = value as Readonly<Record<string, unknown>>
  for (const key in members) {
    if (isForbiddenKey(key) || !isHarmless(members[key], levels - 1)) return false
  }
  return true
}

/** Whether a copy made by assignment would change what an object is. */
export function isForbiddenKey(key: string): boolean {
  return key === '__proto__'
}
