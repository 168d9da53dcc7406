/**
 * One process per data folder.
 *
 * The lock is the kernel's (an exclusive SQLite transaction on `kolam.lock`), so it dies with its holder however
 * that dies. `kolam.holder.json` only gives it a name; nothing is ever decided by what is written there.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Disposer } from '@kolam/base'
import { StoreError } from '../store-error.ts'
import { isBusy } from './errors.ts'

/** How long to wait for a holder that is on its way out. */
const WAIT_MS = 250

/** Takes the folder for this process, or refuses with `locked` and the name of who has it. */
export function lockFolder(folder: string): Disposer {
  // Never read the locked file by other means: closing any handle to it would drop the kernel's lock.
  const lock = new DatabaseSync(join(folder, 'kolam.lock'), { timeout: WAIT_MS })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (isBusy(error)) throw lockedError(folder)
    throw error
  }
  const holder = join(folder, 'kolam.holder.json')
  writeFileSync(holder, `${JSON.stringify(thisProcess())}\n`)
  return () => {
    rmSync(holder, { force: true })
    lock.close()
  }
}

function thisProcess(): { pid: number; host: string; since: string } {
  return { pid: process.pid, host: hostname(), since: new Date().toISOString() }
}

function lockedError(folder: string): StoreError {
  return new StoreError(
    'locked',
    `Cannot use the data folder "${folder}": ${holderOf(folder)} already uses it`,
  )
}

function holderOf(folder: string): string {
  try {
    const text = readFileSync(join(folder, 'kolam.holder.json'), 'utf8')
    const { pid, host, since } = JSON.parse(text) as Record<string, unknown>
    return `process ${String(pid)} on ${String(host)} (running since ${String(since)})`
  } catch {
    return 'another process'
  }
}
