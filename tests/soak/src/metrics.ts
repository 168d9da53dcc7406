/** The server's own numbers, as it tells them on `/metrics`. */

/** One reading. */
export interface Metrics {
  readonly connections: number
  readonly rooms: number
  readonly queuedBytes: number
  readonly waitingJoins: number
  readonly jobs: number
  readonly refusedEdits: number
  /** How often somebody read so slowly that they were brought up to date by one answer. */
  readonly resyncs: number
  readonly updates: number
  readonly deliveries: number
  readonly commits: number
  readonly cpuSeconds: number
  readonly rssMib: number
  readonly heapMib: number
  readonly externalMib: number
}

const MIB = 1024 * 1024

/** Reads them now. */
export async function readMetrics(url: string): Promise<Metrics> {
  const text = await (await fetch(`${url}/metrics`)).text()
  const number = (name: string): number => {
    const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `))
    if (!line) throw new Error(`The server tells no ${name}`)
    return Number(line.slice(name.length))
  }
  return {
    connections: number('kolam_connections'),
    rooms: number('kolam_rooms'),
    queuedBytes: number('kolam_queued_bytes'),
    waitingJoins: number('kolam_waiting_joins'),
    jobs: number('kolam_jobs'),
    refusedEdits: number('kolam_refused_edits_total'),
    resyncs: number('kolam_resyncs_total'),
    updates: number('kolam_updates_total'),
    deliveries: number('kolam_deliveries_total'),
    commits: number('kolam_commits_total'),
    cpuSeconds: number('process_cpu_seconds_total'),
    rssMib: number('process_resident_memory_bytes') / MIB,
    heapMib: number('nodejs_heap_size_used_bytes') / MIB,
    externalMib: number('nodejs_external_memory_bytes') / MIB,
  }
}
