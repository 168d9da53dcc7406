/** Checks for our own bugs. Never used to judge input from people, the wire or the disk. */

/** Throws when an invariant does not hold. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`Assertion failed: ${message}`)
}

/** Ends a switch over a union: the compiler refuses it while a case is missing. */
export function exhaustive(value: never): never {
  throw new Error(`Unexpected value: ${String(value)}`)
}
