/** Numbers for Prometheus, read when asked. Counts nothing itself but what nobody else counts. */
import type { RelayStats } from '@kolam/relay'
import type { StoreStats } from '@kolam/persistence'
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'

/** Where the numbers come from. */
export interface MetricsSources {
  readonly relay: () => RelayStats
  readonly store: () => Promise<StoreStats>
  /** Jobs over large documents that wait or run. */
  readonly jobs: () => number
}

/** A number with its name and what it means. */
interface Reading {
  readonly name: string
  readonly help: string
  readonly read: (relay: RelayStats) => number
}

/** A registry of Kolam's numbers and Node's own (event-loop delay, memory, processor time). */
export function createMetrics(sources: MetricsSources): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const reading of LEVELS) addGauge(registry, sources, reading)
  for (const reading of TOTALS) addCounter(registry, sources, reading)
  addClosings(registry, sources)
  addJobs(registry, sources)
  addStoreGauges(registry, sources)
  return registry
}

const LEVELS: readonly Reading[] = [
  {
    name: 'kolam_connections',
    help: 'Open connections, by WebSocket or HTTP',
    read: ({ sessions }) => sessions,
  },
  { name: 'kolam_rooms', help: 'Documents in memory', read: ({ rooms }) => rooms },
  {
    name: 'kolam_waiting_joins',
    help: 'Connections that wait for their documents to be loaded',
    read: ({ waitingJoins }) => waitingJoins,
  },
  {
    name: 'kolam_queued_bytes',
    help: 'Bytes of updates that wait for the disk',
    read: ({ queuedBytes }) => queuedBytes,
  },
]

const TOTALS: readonly Reading[] = [
  {
    name: 'kolam_commits_total',
    help: 'Commits that reached the disk',
    read: ({ commits }) => commits,
  },
  { name: 'kolam_updates_total', help: 'Updates stored', read: ({ updates }) => updates },
  {
    name: 'kolam_update_bytes_total',
    help: 'Bytes of updates stored',
    read: ({ updateBytes }) => updateBytes,
  },
  {
    name: 'kolam_deliveries_total',
    help: 'Updates times the connections they went to',
    read: ({ deliveries }) => deliveries,
  },
  {
    name: 'kolam_received_frames_total',
    help: 'Frames that came in',
    read: ({ receivedFrames }) => receivedFrames,
  },
  {
    name: 'kolam_received_bytes_total',
    help: 'Bytes of frames that came in',
    read: ({ receivedBytes }) => receivedBytes,
  },
  {
    name: 'kolam_sent_bytes_total',
    help: 'Bytes of frames that were written',
    read: ({ sentBytes }) => sentBytes,
  },
  {
    name: 'kolam_presence_shed_total',
    help: 'How often a connection that reads slowly was sent no presence for a while',
    read: ({ presenceShed }) => presenceShed,
  },
  {
    name: 'kolam_resyncs_total',
    help: 'How often a connection that reads slowly was sent no updates for a while, and then all it missed',
    read: ({ resyncs }) => resyncs,
  },
  {
    name: 'kolam_pauses_total',
    help: 'How often a connection that sends fast was read more slowly',
    read: ({ pauses }) => pauses,
  },
  {
    name: 'kolam_refused_edits_total',
    help: 'Edits refused because of the role of the person or the size of the document',
    read: ({ refusedEdits }) => refusedEdits,
  },
  {
    name: 'kolam_compactions_total',
    help: 'Snapshots put in the place of logs',
    read: ({ compactions }) => compactions,
  },
  {
    name: 'kolam_compacted_bytes_total',
    help: 'Bytes that snapshots took the place of',
    read: ({ compactedBytes }) => compactedBytes,
  },
  {
    name: 'kolam_snapshot_bytes_total',
    help: 'Bytes of the snapshots themselves',
    read: ({ snapshotBytes }) => snapshotBytes,
  },
  {
    name: 'kolam_compactions_failed_total',
    help: 'Logs left as they are because no snapshot of them could be proven or written',
    read: ({ compactionsFailed }) => compactionsFailed,
  },
  {
    name: 'kolam_damaged_opens_total',
    help: 'Documents opened for reading only, because something of them on disk is damaged',
    read: ({ damagedOpens }) => damagedOpens,
  },
]

function addGauge(registry: Registry, sources: MetricsSources, reading: Reading): void {
  const { name, help, read } = reading
  function collect(this: Gauge): void {
    this.set(read(sources.relay()))
  }
  registry.registerMetric(new Gauge({ name, help, registers: [], collect }))
}

/** The source counts; the counter only repeats its total. */
function addCounter(registry: Registry, sources: MetricsSources, reading: Reading): void {
  const { name, help, read } = reading
  function collect(this: Counter): void {
    this.reset()
    this.inc(read(sources.relay()))
  }
  registry.registerMetric(new Counter({ name, help, registers: [], collect }))
}

function addClosings(registry: Registry, { relay }: MetricsSources): void {
  function collect(this: Counter<'code'>): void {
    this.reset()
    for (const [code, count] of relay().closings) this.inc({ code: String(code) }, count)
  }
  registry.registerMetric(
    new Counter({
      name: 'kolam_closings_total',
      help: 'Connections turned away or ended by the server, by close code',
      labelNames: ['code'],
      registers: [],
      collect,
    }),
  )
}

function addJobs(registry: Registry, { jobs }: MetricsSources): void {
  function collect(this: Gauge): void {
    this.set(jobs())
  }
  const help = 'Jobs over large documents that wait or run'
  registry.registerMetric(new Gauge({ name: 'kolam_jobs', help, registers: [], collect }))
}

/** One question to the store fills all of them; where it does not answer the last numbers stay. */
function addStoreGauges(registry: Registry, { store }: MetricsSources): void {
  let asked: Promise<StoreStats | null> | null = null
  function ask(): Promise<StoreStats | null> {
    asked ??= store()
      .catch(() => null)
      .finally(() => (asked = null))
    return asked
  }
  function add(name: string, help: string, read: (stats: StoreStats) => number): void {
    async function collect(this: Gauge): Promise<void> {
      const stats = await ask()
      if (stats) this.set(read(stats))
    }
    registry.registerMetric(new Gauge({ name, help, registers: [], collect }))
  }
  add('kolam_documents', 'Documents stored', ({ documents }) => documents)
  add('kolam_log_updates', 'Updates that no snapshot covers yet', ({ updates }) => updates)
  add('kolam_stored_bytes', 'Bytes of snapshots and updates stored', ({ bytes }) => bytes)
}
