/** A run from the first process to the last look, with what to say when it fails. */
import { Journal } from './journal.ts'
import { planOf } from './plan.ts'
import type { CheckpointRecord } from './records.ts'
import { Run } from './run.ts'
import { SoakServer } from './soak-server.ts'
import { lineOf, type Summary, summaryOf } from './summary.ts'

/** What a run is asked for. */
export interface SoakOptions {
  readonly seconds: number
  readonly seed: number
  /** Called with a line of text now and then. */
  readonly say: (line: string) => void
  /** Ends the run as if something were wrong. */
  readonly signal?: AbortSignal
}

/** Runs; rejects when anything was wrong, and says then how it came to that and where the data is. */
export async function soak({ seconds, seed, say, signal }: SoakOptions): Promise<Summary> {
  // Every stock provider listens for the end of the process.
  process.setMaxListeners(0)
  const plan = planOf({ seconds, seed })
  const server = await SoakServer.create()
  const journal = new Journal()
  const passed = (record: CheckpointRecord): void => say(lineOf(record))
  const run = new Run({ plan, server, journal, passed, signal })
  try {
    await run.whole()
  } catch (error) {
    say([`FAILED (seed ${seed}): ${String(error)}`, ...journal.last(), server.evidence].join('\n'))
    run.dispose()
    await server.stop()
    throw error
  }
  await server.dispose()
  return summaryOf(plan, journal, run.records.all)
}
