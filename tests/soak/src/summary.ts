/** What a run was and what came of it, as numbers for a file and as text for people. */
import type { Journal } from './journal.ts'
import { type Growth, median, type MemoryVerdict, verdictOn } from './memory.ts'
import type { Plan } from './plan.ts'
import type { CheckpointRecord } from './records.ts'

/** What is written to the summary file. */
export interface Summary {
  readonly seed: number
  readonly seconds: number
  readonly seats: number
  readonly documentsAtOnce: number
  readonly processes: number
  /** How often each thing was done. */
  readonly actions: Readonly<Record<string, number>>
  readonly updatesStored: number
  readonly deliveries: number
  readonly commits: number
  readonly resyncs: number
  readonly serverCpuSeconds: number
  /** Seconds from the end of all troubles until everything was right. */
  readonly settledIn: { readonly median: number; readonly max: number }
  /** What was right at last, but much too late. */
  readonly late: readonly string[]
  readonly memory: MemoryVerdict | null
  /** What the environment told the server's memory allocator. */
  readonly allocator: Readonly<Record<string, string>>
  readonly checkpoints: readonly CheckpointRecord[]
}

/** Nobody waits so long for anything but the last resort of some client, which is no way to work. */
const LATE_SECONDS = 20

/** Whether a run was good. */
export function isGood({ late, memory }: Summary): boolean {
  return late.length === 0 && memory?.isFlat !== false
}

/** The summary of a run that has ended. */
export function summaryOf(
  plan: Plan,
  journal: Journal,
  checkpoints: readonly CheckpointRecord[],
): Summary {
  const last = checkpoints.at(-1)
  const settled = checkpoints.map(({ settledIn }) => settledIn)
  return {
    seed: plan.seed,
    seconds: plan.seconds,
    seats: plan.seats,
    documentsAtOnce: plan.documents,
    processes: last?.generation ?? 0,
    actions: journal.counts,
    updatesStored: last?.updates ?? 0,
    deliveries: last?.deliveries ?? 0,
    commits: last?.commits ?? 0,
    resyncs: last?.resyncs ?? 0,
    serverCpuSeconds: last?.cpuSeconds ?? 0,
    settledIn: { median: median(settled), max: Math.max(0, ...settled) },
    late: checkpoints.flatMap(({ settledIn, waits }) => (settledIn > LATE_SECONDS ? waits : [])),
    memory: verdictOn(checkpoints),
    allocator: allocatorSettings(),
    checkpoints,
  }
}

/** One line for a checkpoint, and one for each thing that took its time. */
export function lineOf(record: CheckpointRecord): string {
  const { seconds, generation, connections, rooms, settledIn } = record
  const { rssMib, heapMib, externalMib, updates } = record
  const numbers = [
    `${seconds.toFixed(0).padStart(5)} s`,
    `process ${generation}`,
    `${connections} connections`,
    `${rooms} rooms`,
    `right after ${settledIn.toFixed(1)} s`,
    `${updates} updates`,
    `rss ${rssMib.toFixed(1)}`,
    `heap ${heapMib.toFixed(1)}`,
    `external ${externalMib.toFixed(1)} MiB`,
  ]
  return [numbers.join(', '), ...record.waits.map((wait) => `        ${wait}`)].join('\n')
}

/** The whole of it. */
export function textOf(summary: Summary): string {
  const { memory } = summary
  const actions = Object.entries(summary.actions).map(([name, count]) => `${name} ${count}`)
  return [
    `seed ${summary.seed}, ${summary.seconds} s, ${summary.seats} people on ${summary.documentsAtOnce} boards at a time`,
    `done: ${actions.join(', ')}`,
    `server: ${summary.processes} processes, ${summary.updatesStored} updates in ${summary.commits} commits, ` +
      `${summary.deliveries} deliveries, ${summary.resyncs} resyncs of slow readers, ${summary.serverCpuSeconds.toFixed(1)} CPU-seconds`,
    `right at all ${summary.checkpoints.length} checkpoints, after ${summary.settledIn.median.toFixed(1)} s in the median, ` +
      `${summary.settledIn.max.toFixed(1)} s at most`,
    ...summary.late.map((late) => `LATE: ${late}`),
    memory ? memoryText(memory) : 'memory: no process lived long enough to compare quarters',
  ].join('\n')
}

function allocatorSettings(): Record<string, string> {
  const settings = Object.entries(process.env).filter(([name]) => name.startsWith('MALLOC_'))
  return Object.fromEntries(settings.map(([name, value = '']) => [name, value]))
}

function memoryText({ generation, samples, rssMib, heapMib, isFlat }: MemoryVerdict): string {
  return [
    `memory of process ${generation} over ${samples} checkpoints, median of first and last quarter:`,
    `rss ${growthText(rssMib)}, heap ${growthText(heapMib)}:`,
    isFlat ? 'flat' : 'GROWS',
  ].join(' ')
}

function growthText({ first, last, allowed }: Growth): string {
  return `${first.toFixed(1)} and ${last.toFixed(1)} MiB (${allowed.toFixed(1)} allowed)`
}
