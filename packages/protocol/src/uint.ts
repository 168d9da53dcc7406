/** Whole numbers below 2^53 as lib0 writes them, into memory whose size is known before. Reading is in `read.ts`. */

/** How many bytes `writeUint` takes. */
export function uintSize(value: number): number {
  let size = 1
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size += 1
  return size
}

/** Writes the number at `at` and returns where it ends. */
export function writeUint(bytes: Uint8Array, at: number, value: number): number {
  let next = at
  let rest = value
  // Bit operations take 32 bits only; most numbers are small, the others go by division.
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes[next++] = (rest % 0x80) | 0x80
  bytes[next++] = rest
  return next
}
