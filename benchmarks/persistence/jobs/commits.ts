/** Commits one after the other, as fast as one place takes them. */
import { COMMITS } from '../config.ts'
import { Feed } from '../data/feed.ts'
import { dragsFile } from '../data/files.ts'
import { readUpdates } from '../data/updates-file.ts'
import type { Figures, JobOf } from '../harness/job.ts'
import { spreadOf } from '../harness/spread.ts'
import { STORES } from '../stores/catalog.ts'
import type { Keeper } from '../stores/keeper.ts'

/** Somebody who commits so many updates at a time. */
interface Writer {
  readonly keeper: Keeper
  readonly feed: Feed
  readonly batch: number
}

export async function commits(job: JobOf<'commits'>): Promise<Figures> {
  const feed = new Feed(readUpdates(dragsFile(job.data, job.documents)), job.documents)
  const keeper = await STORES[job.store].open(job.folder)
  const writer: Writer = { keeper, feed, batch: job.batch }
  await keeper.commit(feed.boards())
  await commitFor(writer, COMMITS.warmUpSeconds)
  const figures = await measured(writer, job.seconds)
  await keeper.close()
  return figures
}

async function measured(writer: Writer, seconds: number): Promise<Figures> {
  const before = process.cpuUsage()
  const start = performance.now()
  const durations = await commitFor(writer, seconds)
  const wall = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(before)
  const updates = durations.length * writer.batch
  return {
    commitsPerSecond: durations.length / wall,
    updatesPerSecond: updates / wall,
    ...spreadOf(durations),
    cpuMicrosEach: (user + system) / updates,
    commits: durations.length,
  }
}

/** At least one. */
async function commitFor({ keeper, feed, batch }: Writer, seconds: number): Promise<number[]> {
  const durations: number[] = []
  const end = performance.now() + seconds * 1000
  do {
    const entries = feed.take(batch)
    const start = performance.now()
    await keeper.commit(entries)
    durations.push(performance.now() - start)
  } while (performance.now() < end)
  return durations
}
