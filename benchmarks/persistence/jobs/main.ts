/** The fresh process: takes one job, sends its figures, and ends. */
import { exhaustive } from '../../../packages/base/src/assert.ts'
import type { Figures, Job, Outcome } from '../harness/job.ts'
import { OthersMeter } from '../harness/others.ts'

process.once('message', (job: Job) => {
  void outcomeOf(job).then((outcome) => process.send?.(outcome, () => process.exit()))
})

async function outcomeOf(job: Job): Promise<Outcome> {
  const others = new OthersMeter()
  try {
    const figures = await run(job)
    return { ok: true, figures: { ...figures, othersShare: others.share() } }
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { ok: false, reason }
  }
}

/** Loads only what the job needs. */
async function run(job: Job): Promise<Figures> {
  switch (job.task) {
    case 'files':
      return (await import('./files.ts')).files(job)
    case 'commits':
      return (await import('./commits.ts')).commits(job)
    case 'stalls':
      return (await import('./stalls.ts')).stalls(job)
    case 'prepare':
      return (await import('./prepare.ts')).prepare(job)
    case 'open':
      return (await import('./open.ts')).open(job)
    default:
      return exhaustive(job)
  }
}
