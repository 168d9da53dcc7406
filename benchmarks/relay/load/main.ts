/** The process of the load: gets one job, puts a server under it, says what it measured, and ends. */
import type { Figures, Job, Outcome } from '../harness/figures.ts'
import { idle } from './idle.ts'
import { stalled } from './stalled.ts'
import { steady } from './steady.ts'
import { storm, upload } from './storm.ts'

process.once('message', (job) => void work(job as Job))

async function work(job: Job): Promise<void> {
  const outcome = await measure(job).then(
    (figures): Outcome => ({ ok: true, figures }),
    (error: unknown): Outcome => ({ ok: false, reason: textOf(error) }),
  )
  process.send?.(outcome, undefined, {}, () => process.exit(0))
}

async function measure(job: Job): Promise<Figures> {
  const { task, body, target } = job
  if (task === 'upload') {
    const guest = await upload(target, job.fixture)
    guest.leave()
    return {}
  }
  switch (body.kind) {
    case 'steady':
      return steady(body, target)
    case 'stalled':
      return stalled(body, target)
    case 'storm':
      return storm(body, job)
    case 'idle':
      return idle(body, target)
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
