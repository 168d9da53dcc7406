/** Which clocks of which clients something holds and deletes, as sorted ranges without overlap. Data; knows no content. */
import type { StructRange } from '../documents.ts'
import type { Scan } from './scan.ts'

/** A half-open range of clocks. */
type Range = readonly [from: number, to: number]

type Ranges = ReadonlyMap<number, readonly Range[]>

/** What a document holds and what it has deleted. Can be posted to another thread. */
export interface Coverage {
  readonly structs: Ranges
  readonly deletes: Ranges
}

/** The coverage of an update. */
export function coverageOf({ structs, deletes }: Pick<Scan, 'structs' | 'deletes'>): Coverage {
  return { structs: rangesOf(structs), deletes: rangesOf(deletes) }
}

/** Whether all of `part` is in `whole`. */
export function covers(whole: Coverage, part: Coverage): boolean {
  return holds(whole.structs, part.structs) && holds(whole.deletes, part.deletes)
}

function holds(whole: Ranges, part: Ranges): boolean {
  return Array.from(part).every(([client, ranges]) => {
    const held = whole.get(client) ?? []
    return ranges.every((range) => isInside(held, range))
  })
}

/** Both lists are joined, so a range is inside only if one held range takes it whole. */
function isInside(held: readonly Range[], [from, to]: Range): boolean {
  let low = 0
  let high = held.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const [start, end] = held[middle]!
    if (from < start) high = middle - 1
    else if (from >= end) low = middle + 1
    else return to <= end
  }
  return from === to
}

function rangesOf(runs: readonly StructRange[]): Ranges {
  const ranges = new Map<number, Range[]>()
  for (const { client, clock, length } of runs) {
    const own = ranges.get(client) ?? []
    ranges.set(client, own)
    own.push([clock, clock + length])
  }
  return new Map(Array.from(ranges, ([client, list]) => [client, joined(list)]))
}

function joined(ranges: Range[]): Range[] {
  const result: [number, number][] = []
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else result.push([from, to])
  }
  return result
}
