/**
 * Yjs updates (version 1) written by hand, so that they can say what no Yjs client would: a list of runs of structs and
 * a set of deletions. Nothing is checked.
 */
import { bytesOf, varBytes, varText, varUint } from './bytes.ts'

/** A struct: its bytes. */
export type Struct = readonly number[]

/** Where something is: client and clock. */
export type Id = readonly [client: number, clock: number]

/** Structs of one client, one after the other from `clock`. */
export interface Run {
  readonly client: number
  readonly clock: number
  readonly structs: readonly Struct[]
}

/** What one client is said to have deleted: pairs of clock and length. */
export interface Deletions {
  readonly client: number
  readonly ranges: readonly (readonly [clock: number, length: number])[]
}

/** The whole update. */
export function updateOf(runs: readonly Run[], deletions: readonly Deletions[] = []): Uint8Array {
  return bytesOf(
    varUint(runs.length),
    ...runs.flatMap(({ client, clock, structs }) => [
      [...varUint(structs.length), ...varUint(client), ...varUint(clock)],
      structs.flat(),
    ]),
    varUint(deletions.length),
    ...deletions.flatMap(({ client, ranges }) => [
      [...varUint(client), ...varUint(ranges.length)],
      ranges.flatMap(([clock, length]) => [...varUint(clock), ...varUint(length)]),
    ]),
  )
}

/** The numbers of the kinds of content. */
export const CONTENT = {
  deleted: 1,
  json: 2,
  binary: 3,
  string: 4,
  embed: 5,
  format: 6,
  type: 7,
  any: 8,
  doc: 9,
} as const

/** Where an item says it belongs. Without any of it: into the text that honest people write. */
export interface Belonging {
  readonly origin?: Id
  readonly rightOrigin?: Id
  /** A root type's name, or the item that holds the type. */
  readonly parent?: string | Id
  readonly key?: string
}

/** An item with content of any kind, also of one that does not exist. */
export function item(kind: number, content: Struct, belonging: Belonging = {}): Struct {
  const { origin, rightOrigin, parent = 'talk', key } = belonging
  const info =
    kind | (origin ? 0x80 : 0) | (rightOrigin ? 0x40 : 0) | (key === undefined ? 0 : 0x20)
  const place =
    origin || rightOrigin
      ? []
      : [...parentBytes(parent), ...(key === undefined ? [] : varText(key))]
  return [info, ...idBytes(origin), ...idBytes(rightOrigin), ...place, ...content]
}

/** An item with text. */
export function text(words: string, belonging?: Belonging): Struct {
  return item(CONTENT.string, varText(words), belonging)
}

/** Something that was deleted and forgotten. */
export function garbage(length: number): Struct {
  return [0, ...varUint(length)]
}

/** Nothing, for so many clocks. */
export function skip(length: number): Struct {
  return [10, ...varUint(length)]
}

/** A list in a list in a list, as lib0 writes any value. */
export function nestedAny(depth: number): Struct {
  return [1, ...Array.from({ length: depth }, () => [117, 1]).flat(), 126]
}

/** The same as JSON. */
export function nestedJson(depth: number, core = ''): string {
  return '['.repeat(depth) + core + ']'.repeat(depth)
}

/** JSON as content. */
export function jsonContent(json: string): Struct {
  return varBytes(new TextEncoder().encode(json))
}

function parentBytes(parent: string | Id): number[] {
  return typeof parent === 'string' ? [1, ...varText(parent)] : [0, ...idBytes(parent)]
}

function idBytes(id: Id | undefined): number[] {
  return id ? id.flatMap((value) => varUint(value)) : []
}
