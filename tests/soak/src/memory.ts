/** Whether the server's memory stays where it is: the longest life of one process, its first quarter against its last. */

/** The memory of the server's process at a checkpoint, when everybody is quiet. */
export interface MemorySample {
  readonly seconds: number
  /** Counts the server's processes. */
  readonly generation: number
  readonly rssMib: number
  readonly heapMib: number
  readonly externalMib: number
}

/** Medians of the first and of the last quarter, and what the last may be. */
export interface Growth {
  readonly first: number
  readonly last: number
  readonly allowed: number
}

/** What became of the memory of one process. */
export interface MemoryVerdict {
  readonly generation: number
  readonly samples: number
  readonly rssMib: Growth
  readonly heapMib: Growth
  readonly isFlat: boolean
}

/** How much more the last quarter may take: a part for what is cached, and a constant for what is noise. */
const GROWTH = 1.25
const GROWTH_MIB = 32

/** Null where no process lived long enough to have four quarters. */
export function verdictOn(samples: readonly MemorySample[]): MemoryVerdict | null {
  const longest = longestLife(samples)
  const quarter = Math.floor(longest.length / 4)
  if (quarter === 0) return null
  const [first, last] = [longest.slice(0, quarter), longest.slice(-quarter)]
  const growthOf = (read: (sample: MemorySample) => number): Growth => {
    const before = median(first.map(read))
    return { first: before, last: median(last.map(read)), allowed: before * GROWTH + GROWTH_MIB }
  }
  const rssMib = growthOf((sample) => sample.rssMib)
  const heapMib = growthOf((sample) => sample.heapMib)
  return {
    generation: longest[0]?.generation ?? 0,
    samples: longest.length,
    rssMib,
    heapMib,
    isFlat: [rssMib, heapMib].every((growth) => growth.last <= growth.allowed),
  }
}

/** The middle one, or the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const below = sorted[Math.ceil(middle) - 1] ?? 0
  const above = sorted[Math.floor(middle)] ?? 0
  return (below + above) / 2
}

function longestLife(samples: readonly MemorySample[]): readonly MemorySample[] {
  const generations = new Set(samples.map(({ generation }) => generation))
  const lives = Array.from(generations, (wanted) =>
    samples.filter(({ generation }) => generation === wanted),
  )
  return lives.sort((a, b) => b.length - a.length)[0] ?? []
}
