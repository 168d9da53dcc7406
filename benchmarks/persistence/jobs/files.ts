/** Makes the updates that everything else is measured with. */
import { COMMITS } from '../config.ts'
import { makeFiles } from '../data/files.ts'
import type { Figures, JobOf } from '../harness/job.ts'

export async function files({ data }: JobOf<'files'>): Promise<Figures> {
  await makeFiles(data, COMMITS.documents)
  return {}
}
