/** The thread SQLite lives in: takes one request after the other, answers each. Never started but by `WorkerLink`. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { assert, exhaustive, systemClock } from '@kolam/base'
import { answerHistory, describeHistoryCall, isHistoryCall } from './answer-history.ts'
import { Checkpoints } from './checkpoints.ts'
import { makeFolder, openDatabase } from './database.ts'
import { toStoreError } from './errors.ts'
import { lockFolder } from './lock.ts'
import type { StoreOptions } from '../store.ts'
import { StoreError } from '../store-error.ts'
import { SqliteLog } from './log.ts'
import {
  type Answer,
  type Call,
  type HistoryCall,
  packDocument,
  type Reply,
  type Request,
  unpackBatch,
} from './messages.ts'
import { Trimmer } from './trimmer.ts'

/** What the thread is started with. */
export interface WorkerInput extends StoreOptions {
  readonly folder: string
  /** There was a database: where it is gone, no empty one takes its place. */
  readonly mustExist?: boolean
}

interface Opened {
  readonly log: SqliteLog
  readonly checkpoints: Checkpoints
  readonly trimmer: Trimmer
  readonly close: () => void
}

assert(parentPort, 'Cannot run the store outside a worker thread')
const port = parentPort
const { folder, mustExist = false, ...options } = workerData as WorkerInput

serve()

/** Opens the folder, says so as reply 0, and from then on answers. */
function serve(): void {
  const opened = attempt({ number: 0, what: `open the data folder "${folder}"` }, open)
  if (!opened) return port.close()
  port.postMessage({ number: 0, ok: true, answer: undefined } satisfies Reply)
  port.on('message', ({ number, call }: Request) => {
    const done = attempt({ number, what: describeCall(call) }, () => ({
      answer: answer(opened, call),
    }))
    if (done) reply(number, done.answer)
    if (call.name === 'close') port.close()
  })
}

function open(): Opened {
  if (mustExist && !existsSync(join(folder, 'kolam.db'))) {
    throw new StoreError('unavailable', `Cannot open the data folder "${folder}": it is gone`)
  }
  makeFolder(folder)
  const unlock = lockFolder(folder)
  try {
    const sql = openDatabase(folder)
    const checkpoints = new Checkpoints(sql, systemClock)
    const log = new SqliteLog(sql, options)
    const trimmer = new Trimmer((id) => trimSlice(id, { log, checkpoints }), systemClock)
    const close = () => {
      trimmer.finish()
      checkpoints.stop()
      sql.close()
      unlock()
    }
    return { log, checkpoints, trimmer, close }
  } catch (error) {
    unlock()
    throw error
  }
}

/** Deleted rows leave pages that the next checkpoint has to copy. */
function trimSlice(id: string, opened: Pick<Opened, 'log' | 'checkpoints'>): boolean {
  const isLeft = opened.log.trim(id)
  opened.checkpoints.wrote(0, 1)
  return isLeft
}

function answer(opened: Opened, call: Call): Answer {
  if (!isHistoryCall(call)) return answerCall(opened, call)
  const { log, checkpoints, trimmer } = opened
  const { answer, wrote } = answerHistory(log.points, call)
  if (wrote) checkpoints.wrote(wrote.bytes, wrote.rows)
  if (call.name === 'addPoint') trimmer.add(call.document)
  return answer
}

function answerCall(opened: Opened, call: Exclude<Call, HistoryCall>): Answer {
  const { log, checkpoints, trimmer, close } = opened
  switch (call.name) {
    case 'open':
      return packDocument(log.open(call.document))
    case 'append':
      log.append(unpackBatch(call.batch))
      checkpoints.wrote(call.batch.bytes.length, call.batch.count)
      return undefined
    case 'compact':
      log.compact(call.document, call.snapshot, call.upto)
      checkpoints.wrote(call.snapshot.length, 1)
      trimmer.add(call.document)
      return undefined
    case 'describe':
      log.describe(call.document, call.info)
      checkpoints.wrote(0, 1)
      return undefined
    case 'since': {
      const updates = log.since(call.document, call.seq)
      return updates && packDocument({ snapshot: null, updates, seq: call.seq + updates.length })
    }
    case 'trash':
      log.trash(call.document, call.at)
      checkpoints.wrote(0, 1)
      return undefined
    case 'takeBack':
      log.takeBack(call.document)
      checkpoints.wrote(0, 1)
      return undefined
    case 'remove':
      log.remove(call.document)
      checkpoints.wrote(0, 1)
      return undefined
    case 'countReferences':
      return log.references.count()
    case 'listReferring':
      return log.references.documents()
    case 'keepReferences':
      log.references.keepOnly(call.document, call.named)
      checkpoints.wrote(0, 1)
      return undefined
    case 'listTrash':
      return log.listTrash()
    case 'list':
      return log.list()
    case 'stats':
      return log.stats()
    case 'close':
      close()
      return undefined
    default:
      return exhaustive(call)
  }
}

/** The door of the thread: what is thrown inside becomes the reply, and the thread goes on. */
function attempt<T>(request: { number: number; what: string }, work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    const { code, message } = toStoreError(error, request.what)
    port.postMessage({ number: request.number, ok: false, code, message } satisfies Reply)
    return undefined
  }
}

function reply(number: number, answer: Answer): void {
  port.postMessage({ number, ok: true, answer } satisfies Reply, buffersOf(answer))
}

/** What is in one buffer moves; the rest is copied. */
function buffersOf(answer: Answer): ArrayBuffer[] {
  if (typeof answer !== 'object' || answer === null) return []
  if ('lengths' in answer) return [answer.bytes.buffer]
  return 'after' in answer ? [answer.updates.bytes.buffer] : []
}

function describeCall(call: Call): string {
  if (isHistoryCall(call)) return describeHistoryCall(call)
  switch (call.name) {
    case 'append':
      return `append ${call.batch.count} updates`
    case 'open':
    case 'compact':
    case 'describe':
    case 'since':
    case 'trash':
    case 'takeBack':
    case 'remove':
    case 'keepReferences':
      return `${WORDS[call.name]} document "${call.document}"`
    case 'listTrash':
      return 'list the trash'
    case 'countReferences':
    case 'listReferring':
      return 'list the assets that are named'
    case 'list':
    case 'stats':
    case 'close':
      return `${call.name} the store`
    default:
      return exhaustive(call)
  }
}

const WORDS = {
  open: 'open',
  compact: 'compact',
  describe: 'describe',
  since: 'read',
  trash: 'put away',
  takeBack: 'take back',
  remove: 'remove',
  keepReferences: 'forget assets of',
} as const
