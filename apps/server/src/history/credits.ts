/** Finds who wrote a struct, and who deleted it, in the entries of journals. */
import type { StructRange } from '@kolam/relay'
import type { JournalEntry } from './journal.ts'

/** One struct of a document. */
export interface StructId {
  readonly client: number
  readonly clock: number
}

/** Somebody, and when. */
export interface Credit {
  readonly author: string
  readonly at: number
}

interface Run {
  readonly clock: number
  readonly end: number
  readonly credit: Credit
}

/** An index over entries. */
export class Credits {
  readonly #written: Index
  readonly #deleted: Index

  constructor(entries: readonly JournalEntry[]) {
    this.#written = indexOf(entries, ({ structs }) => structs)
    this.#deleted = indexOf(entries, ({ deletes }) => deletes)
  }

  /** Who wrote a struct; null where no entry says it. */
  writer(id: StructId): Credit | null {
    return find(this.#written, id)
  }

  /** Who deleted a struct, the first one where several did; null where no entry says it. */
  deleter(id: StructId): Credit | null {
    return find(this.#deleted, id)
  }
}

/** By client, runs that do not overlap, in order. */
type Index = ReadonlyMap<number, readonly Run[]>

function indexOf(
  entries: readonly JournalEntry[],
  rangesOf: (entry: JournalEntry) => readonly StructRange[],
): Index {
  const byClient = new Map<number, Run[]>()
  for (const entry of entries) {
    for (const { client, clock, length } of rangesOf(entry)) {
      const run = { clock, end: clock + length, credit: entry }
      const runs = byClient.get(client)
      if (runs) runs.push(run)
      else byClient.set(client, [run])
    }
  }
  return new Map(Array.from(byClient, ([client, runs]) => [client, withoutOverlaps(runs)]))
}

/** Of what several say, the earliest has it. */
function withoutOverlaps(runs: readonly Run[]): Run[] {
  const kept: Run[] = []
  const cluster: Run[] = []
  let end = 0
  for (const run of runs.toSorted((a, b) => a.clock - b.clock)) {
    if (run.clock >= end) kept.push(...settled(cluster.splice(0)))
    cluster.push(run)
    end = Math.max(end, run.end)
  }
  kept.push(...settled(cluster))
  return kept
}

/** Runs that overlap, as runs that do not, in order. */
function settled(cluster: Run[]): Run[] {
  if (cluster.length < 2) return cluster
  let kept: Run[] = []
  for (const run of cluster.toSorted((a, b) => a.credit.at - b.credit.at)) {
    kept = [...kept, ...uncovered(run, kept)].sort((a, b) => a.clock - b.clock)
  }
  return kept
}

/** What of a run none of these has, which are in order. */
function uncovered(run: Run, kept: readonly Run[]): Run[] {
  const pieces: Run[] = []
  let { clock } = run
  for (const other of kept) {
    if (other.end <= clock || other.clock >= run.end) continue
    if (other.clock > clock) pieces.push({ ...run, clock, end: other.clock })
    clock = other.end
  }
  if (clock < run.end) pieces.push({ ...run, clock })
  return pieces
}

function find(index: Index, { client, clock }: StructId): Credit | null {
  const runs = index.get(client) ?? []
  let [low, high] = [0, runs.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const run = runs[middle]!
    if (clock < run.clock) high = middle - 1
    else if (clock >= run.end) low = middle + 1
    else return { author: run.credit.author, at: run.credit.at }
  }
  return null
}
