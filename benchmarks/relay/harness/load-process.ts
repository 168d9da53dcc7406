/** The load in a process of its own, on its own core: one job, one outcome. */
import path from 'node:path'
import { RUN } from '../config.ts'
import { start } from './children.ts'
import type { Figures, Job, Outcome } from './figures.ts'
import { pinned } from './pinned.ts'

const SCRIPT = path.resolve(import.meta.dirname, '../load/main.ts')

/** Runs the job to its end; rejects with the reason where it fails. */
export async function runLoad(job: Job): Promise<Figures> {
  const child = start(pinned(RUN.loadCore, [process.execPath, SCRIPT]), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const timer = setTimeout(() => child.kill('SIGKILL'), RUN.cellLimitMs)
  const outcome = await new Promise<Outcome>((resolve) => {
    child.once('message', (message) => resolve(message as Outcome))
    child.once('exit', (code) => resolve({ ok: false, reason: `The load ended with ${code}` }))
    child.send(job)
  })
  clearTimeout(timer)
  child.kill('SIGKILL')
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.figures
}
