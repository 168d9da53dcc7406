/**
 * Loaded into every thread of a process before its own code: tells how long each checkpoint and each transaction keeps
 * its thread, or leaves checkpoints out. The store is not asked to help: these all go through `exec`.
 */
import { DatabaseSync } from 'node:sqlite'
import { BroadcastChannel } from 'node:worker_threads'
import { SKIP_CHECKPOINTS, type Work, WORK_CHANNEL } from './store-work.ts'

const CHECKPOINT = /wal_checkpoint/i
const BEGIN = /^\s*BEGIN/i
const COMMIT = /^\s*COMMIT/i

interface Moment {
  readonly wall: number
  readonly cpu: NodeJS.CpuUsage
}

const channel = new BroadcastChannel(WORK_CHANNEL)
channel.unref()
const isSkipping = process.env[SKIP_CHECKPOINTS] === '1'
// oxlint-disable-next-line typescript/unbound-method -- it is called with the `this` it was called on
const { exec } = DatabaseSync.prototype
let begun = now()

DatabaseSync.prototype.exec = function watched(this: DatabaseSync, sql: string): void {
  if (CHECKPOINT.test(sql)) {
    if (!isSkipping) checkpoint(() => exec.call(this, sql))
    return
  }
  if (BEGIN.test(sql)) begun = now()
  exec.call(this, sql)
  if (COMMIT.test(sql)) tell('transaction', begun)
}

function checkpoint(run: () => void): void {
  const start = now()
  run()
  tell('checkpoint', start)
}

function tell(kind: Work['kind'], start: Moment): void {
  const end = now()
  const cpuMs = (end.cpu.user + end.cpu.system - start.cpu.user - start.cpu.system) / 1000
  const work: Work = { kind, wallMs: end.wall - start.wall, cpuMs }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel of threads has no origin
  channel.postMessage(work)
}

function now(): Moment {
  return { wall: performance.now(), cpu: process.threadCpuUsage() }
}
