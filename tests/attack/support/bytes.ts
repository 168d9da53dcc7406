/** Bytes as attackers write them: numbers, lists and random damage, with nothing checked. */
import { type Random, systemRandom } from '@kolam/base'

/** A list of bytes, or one byte. */
export type Part = number | Iterable<number>

/** The parts one after the other. */
export function bytesOf(...parts: readonly Part[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'number' ? [part] : Array.from(part))),
  )
}

/** A number in lib0's variable length; also one that no reader takes. */
export function varUint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest > 127) {
    bytes.push(128 | (rest % 128))
    rest = Math.floor(rest / 128)
  }
  return [...bytes, rest]
}

/** Bytes after their length. */
export function varBytes(bytes: Uint8Array | readonly number[]): number[] {
  return [...varUint(bytes.length), ...bytes]
}

/** Text after its length. */
export function varText(text: string): number[] {
  return varBytes(new TextEncoder().encode(text))
}

/** Every beginning of the bytes but the whole. */
export function* cutsOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let length = 0; length < bytes.length; length++) yield bytes.slice(0, length)
}

/** A whole number below `below`. */
export function pick(random: Random, below: number): number {
  return Math.floor(random() * below)
}

/** One of the list. */
export function oneOf<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[pick(random, items.length)]
  if (item === undefined) throw new Error('Cannot pick from nothing')
  return item
}

/** Random bytes, so many. */
export function noise(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => pick(random, 256))
}

/** The seed of a run: `SEED=17` repeats one. */
export const SEED = Number(process.env['SEED'] ?? pick(systemRandom, 1e6))
