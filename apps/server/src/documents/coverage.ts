/** Which clocks of which clients something holds, as sorted ranges without overlap. Knows no content. */

/** A half-open range of clocks. */
type Range = readonly [from: number, to: number]

type Ranges = ReadonlyMap<number, readonly Range[]>

/** What an update was decoded to. */
export interface Decoded {
  readonly structs: readonly {
    readonly id: { client: number; clock: number }
    readonly length: number
  }[]
  readonly ds: { readonly clients: ReadonlyMap<number, readonly { clock: number; len: number }[]> }
}

/** What a document holds and what it has deleted. */
export interface Coverage {
  readonly structs: Ranges
  readonly deletes: Ranges
}

/** The coverage of a decoded update. */
export function coverageOf(decoded: Decoded): Coverage {
  const structs = new Map<number, Range[]>()
  for (const { id, length } of decoded.structs) {
    const ranges = structs.get(id.client) ?? []
    structs.set(id.client, ranges)
    ranges.push([id.clock, id.clock + length])
  }
  const deletes = Array.from(decoded.ds.clients, ([client, ranges]): [number, Range[]] => {
    return [client, ranges.map(({ clock, len }) => [clock, clock + len])]
  })
  return { structs: joined(structs), deletes: joined(new Map(deletes)) }
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

function joined(ranges: ReadonlyMap<number, Range[]>): Ranges {
  return new Map(Array.from(ranges, ([client, list]) => [client, joinRanges(list)]))
}

function joinRanges(ranges: Range[]): Range[] {
  const result: [number, number][] = []
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else result.push([from, to])
  }
  return result
}
