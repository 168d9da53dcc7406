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
  readonly read: () => number
}

/** A registry of Kolam's numbers and Node's own (event-loop delay, memory, processor time). */
export function createMetrics(sources: MetricsSources): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const reading of levels(sources)) addGauge(registry, reading)
  for (const reading of totals(sources)) addCounter(registry, reading)
  addStoreGauges(registry, sources)
  return registry
}

function levels({ relay, jobs }: MetricsSources): Reading[] {
  return [
    {
      name: 'kolam_connections',
      help: 'Open WebSocket connections',
      read: () => relay().sessions,
    },
    { name: 'kolam_rooms', help: 'Documents in memory', read: () => relay().rooms },
    {
      name: 'kolam_queued_bytes',
      help: 'Bytes of updates that wait for the disk',
      read: () => relay().queuedBytes,
    },
    { name: 'kolam_jobs', help: 'Jobs over large documents that wait or run', read: jobs },
  ]
}

function totals({ relay }: MetricsSources): Reading[] {
  return [
    {
      name: 'kolam_commits_total',
      help: 'Commits that reached the disk',
      read: () => relay().commits,
    },
    { name: 'kolam_updates_total', help: 'Updates stored', read: () => relay().updates },
    {
      name: 'kolam_deliveries_total',
      help: 'Updates times the connections they went to',
      read: () => relay().deliveries,
    },
    {
      name: 'kolam_refusals_total',
      help: 'Connections turned away',
      read: () => relay().refusals,
    },
  ]
}

function addGauge(registry: Registry, { name, help, read }: Reading): void {
  function collect(this: Gauge): void {
    this.set(read())
  }
  registry.registerMetric(new Gauge({ name, help, registers: [], collect }))
}

/** The source counts; the counter only repeats its total. */
function addCounter(registry: Registry, { name, help, read }: Reading): void {
  function collect(this: Counter): void {
    this.reset()
    this.inc(read())
  }
  registry.registerMetric(new Counter({ name, help, registers: [], collect }))
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
