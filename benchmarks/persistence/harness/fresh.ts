/** A job in a process of its own, so that nothing is warm and no two copies of Yjs meet. */
import path from 'node:path'
import { start } from '../../relay/harness/children.ts'
import { RUN } from '../config.ts'
import type { Figures, Job, Outcome } from './job.ts'

const SCRIPT = path.resolve(import.meta.dirname, '../jobs/main.ts')

/** How a process is started. */
export interface FreshOptions {
  /** Loaded into each of its threads before anything else. */
  readonly preload?: string
  readonly env?: Readonly<Record<string, string>>
}

/** The figures of a job; rejects with the reason where it fails or takes too long. */
export async function inFreshProcess(
  job: Job,
  { preload, env = {} }: FreshOptions = {},
): Promise<Figures> {
  const words = preload === undefined ? [] : ['--import', preload]
  const child = start([process.execPath, ...words, SCRIPT], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const late: Outcome = { ok: false, reason: `It took more than ${RUN.limitMs / 1000} s` }
  let timer: NodeJS.Timeout | undefined
  const outcome = await new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve(late), RUN.limitMs)
    child.once('message', (message) => resolve(message as Outcome))
    child.once('exit', (code, signal) =>
      resolve({ ok: false, reason: `Its process ended with ${code ?? signal}` }),
    )
    child.send(job)
  })
  clearTimeout(timer)
  child.kill('SIGKILL')
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.figures
}
