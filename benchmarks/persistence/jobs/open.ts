/** Opens the document once and makes what a joiner is sent; then looks whether it is the right document. */
import { writeFileSync, readFileSync } from 'node:fs'
import { exhaustive } from '../../../packages/base/src/assert.ts'
import { rssMb } from '../../relay/load/process-facts.ts'
import type { StateName } from '../config.ts'
import { digestOf } from '../data/digest.ts'
import { historyDigest } from '../data/files.ts'
import type { Figures, JobOf } from '../harness/job.ts'
import type { Opener } from '../stores/opener.ts'

export async function open({ data, folder, state }: JobOf<'open'>): Promise<Figures> {
  const opener = await openerOf(state, folder)
  forgetPeak()
  const [rss, cpu, start] = [rssMb(process.pid), process.cpuUsage(), performance.now()]
  const answer = await opener.answer()
  const wallMs = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  const figures = {
    wallMs,
    cpuMs: (user + system) / 1000,
    peakMb: peakMb() - rss,
    sentKb: answer.reduce((sum, { length }) => sum + length, 0) / 1000,
  }
  const isRight = digestOf(opener.shapes(answer)) === historyDigest(data)
  await opener.close()
  if (!isRight) throw new Error('What would be sent is another document')
  return figures
}

async function openerOf(state: StateName, folder: string): Promise<Opener> {
  switch (state) {
    case 'kolam-log':
    case 'kolam-live':
    case 'kolam-long':
    case 'kolam-compacted':
      return (await import('../stores/kolam.ts')).kolamOpener(folder)
    case 'y-leveldb-log':
    case 'y-leveldb-flushed':
      return (await import('../stores/y-leveldb.ts')).leveldbOpener(folder)
    case 'hocuspocus-row':
      return (await import('../stores/hocuspocus.ts')).hocuspocusOpener(folder)
    default:
      return exhaustive(state)
  }
}

/** From now on the peak is what comes. */
function forgetPeak(): void {
  writeFileSync('/proc/self/clear_refs', '5')
}

/** The most memory this process had since, in megabytes (10^6). */
function peakMb(): number {
  const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  return (Number(kib) * 1024) / 1e6
}
