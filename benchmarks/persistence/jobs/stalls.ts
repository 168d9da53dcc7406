/** Commits that keep a pace while documents beside them are compacted, and how long the longest of them takes. */
import { statSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Store } from '../../../packages/persistence/src/store.ts'
import { STALL_CASES, STALLS } from '../config.ts'
import { Feed } from '../data/feed.ts'
import { dragsFile, historyFile } from '../data/files.ts'
import { readUpdates } from '../data/updates-file.ts'
import type { Figures, JobOf } from '../harness/job.ts'
import { spreadOf } from '../harness/spread.ts'
import { sqlite } from '../kolam.ts'
import { type Compaction, planCompactions } from './compactions.ts'
import { listen, type Work } from './store-work.ts'

/** What came of keeping the pace. */
interface Pace {
  readonly durations: readonly number[]
  /** How late this thread was at worst: that is not the store's doing. */
  readonly lateMs: number
}

export async function stalls({ data, folder, stall, seconds }: JobOf<'stalls'>): Promise<Figures> {
  const { openSqliteStore } = await sqlite()
  const store = await openSqliteStore({ folder })
  const { compactions } = STALL_CASES[stall]
  const plans = await planCompactions(store, compactions, readUpdates(historyFile(data)))
  const feed = new Feed(readUpdates(dragsFile(data, STALLS.boards)), STALLS.boards)
  await store.append(feed.boards().map((entry) => stored(entry)))
  await keepPace(store, feed, STALLS.warmUpSeconds)
  const work = listen()
  const [pace, compacted] = await Promise.all([
    keepPace(store, feed, seconds),
    compactEvenly(store, plans, seconds),
  ])
  const walMb = statSync(path.join(folder, 'kolam.db-wal')).size / 1e6
  await store.close()
  return {
    ...spreadOf(pace.durations),
    commits: pace.durations.length,
    overFewMs: pace.durations.filter((duration) => duration > STALLS.fewMs).length,
    lateMs: pace.lateMs,
    compactions: compacted.length,
    compactionMs: Math.max(0, ...compacted),
    ...longestOf(work),
    walMb,
  }
}

/** Starts a commit whenever one is due, whether or not the one before has resolved. */
async function keepPace(store: Store, feed: Feed, seconds: number): Promise<Pace> {
  const start = performance.now()
  const commits: Promise<number>[] = []
  let lateMs = 0
  for (let due = 0; due < seconds * 1000; due += STALLS.everyMs) {
    await sleep(Math.max(0, start + due - performance.now()))
    lateMs = Math.max(lateMs, performance.now() - start - due)
    commits.push(commit(store, feed))
  }
  return { durations: await Promise.all(commits), lateMs }
}

async function commit(store: Store, feed: Feed): Promise<number> {
  const batch = feed.take(STALLS.updates).map((entry) => stored(entry))
  const start = performance.now()
  await store.append(batch)
  return performance.now() - start
}

/** How long each compaction took, from the call to its answer. */
async function compactEvenly(
  store: Store,
  plans: readonly Compaction[],
  seconds: number,
): Promise<number[]> {
  const pauseMs = (seconds * 1000) / (plans.length + 1)
  const begin = performance.now()
  const durations: number[] = []
  for (const [index, { document, snapshot, upto }] of plans.entries()) {
    await sleep(Math.max(0, begin + (index + 1) * pauseMs - performance.now()))
    const start = performance.now()
    await store.compact(document, snapshot, upto)
    durations.push(performance.now() - start)
  }
  return durations
}

function longestOf(work: readonly Work[]): Figures {
  const checkpoints = work.filter(({ kind }) => kind === 'checkpoint')
  const transactions = work.filter(({ kind }) => kind === 'transaction')
  return {
    checkpoints: checkpoints.length,
    checkpointCpuMs: Math.max(0, ...checkpoints.map(({ cpuMs }) => cpuMs)),
    transactionCpuMs: Math.max(0, ...transactions.map(({ cpuMs }) => cpuMs)),
  }
}

function stored(entry: { document: string; update: Uint8Array }) {
  return { ...entry, at: Date.now(), author: 'ada' }
}
