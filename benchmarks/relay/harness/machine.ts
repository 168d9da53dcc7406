/** What a reader must know of the machine. No name, no place. */
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'
import path from 'node:path'
import { CAN_PIN } from './pinned.ts'
import { median } from './rounds.ts'

const TMPFS = 0x01021994
const FSYNCS = 50

/** Facts by name, in the order they are shown. */
export function machineFacts(data: string): Record<string, string> {
  const [cpu] = cpus()
  return {
    processor: `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    kernel: `Linux ${release()}`,
    node: process.version,
    pinned: CAN_PIN ? 'server and load on a core each' : 'no: everything shares the machine',
    disk: isTmpfs(data)
      ? '**none: the data is in memory**'
      : `an fsync takes ${fsyncMs(data).toFixed(2)} ms`,
    'load before the run': (loadavg()[0] ?? 0).toFixed(2),
    Kolam: kolamVersion(),
  }
}

function isTmpfs(folder: string): boolean {
  mkdirSync(folder, { recursive: true })
  return statfsSync(folder).type === TMPFS
}

/** The median of some small writes that reach the disk. */
function fsyncMs(folder: string): number {
  const name = path.join(folder, 'fsync.tmp')
  const file = openSync(name, 'w')
  const times = Array.from({ length: FSYNCS }, () => {
    writeSync(file, Buffer.alloc(4096))
    const start = performance.now()
    fsyncSync(file)
    return performance.now() - start
  })
  closeSync(file)
  rmSync(name)
  return median(times)
}

/** The commit that was measured, where git knows it. */
function kolamVersion(): string {
  const cwd = process.env['KOLAM_CHECKOUT'] ?? path.resolve(import.meta.dirname, '../../..')
  const { version } = JSON.parse(readFileSync(path.join(cwd, 'package.json'), 'utf8')) as {
    version: string
  }
  const git = (...words: string[]): string => {
    return spawnSync('git', words, { cwd, encoding: 'utf8' }).stdout.trim()
  }
  const commit = git('rev-parse', '--short', 'HEAD')
  if (commit === '') return version
  const changed = git('status', '--porcelain', 'apps/server', 'packages') !== ''
  return `${version}, commit ${commit}${changed ? ' with changes' : ''}`
}
