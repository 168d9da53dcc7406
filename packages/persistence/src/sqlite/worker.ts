/** The thread SQLite lives in: takes one request after the other, answers each. Never started but by `WorkerLink`. */
import { parentPort, workerData } from 'node:worker_threads'
import { assert, exhaustive, systemClock } from '@kolam/base'
import { Checkpoints } from './checkpoints.ts'
import { makeFolder, openDatabase } from './database.ts'
import { toStoreError } from './errors.ts'
import { lockFolder } from './lock.ts'
import { SqliteLog } from './log.ts'
import {
  type Answer,
  type Call,
  packDocument,
  type Reply,
  type Request,
  unpackBatch,
} from './messages.ts'

/** What the thread is started with. */
export interface WorkerInput {
  readonly folder: string
}

interface Opened {
  readonly log: SqliteLog
  readonly checkpoints: Checkpoints
  readonly close: () => void
}

assert(parentPort, 'Cannot run the store outside a worker thread')
const port = parentPort
const { folder } = workerData as WorkerInput

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
  makeFolder(folder)
  const unlock = lockFolder(folder)
  try {
    const sql = openDatabase(folder)
    const checkpoints = new Checkpoints(sql, systemClock)
    const close = () => {
      checkpoints.stop()
      sql.close()
      unlock()
    }
    return { log: new SqliteLog(sql), checkpoints, close }
  } catch (error) {
    unlock()
    throw error
  }
}

function answer({ log, checkpoints, close }: Opened, call: Call): Answer {
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
  const transfer = answer && 'lengths' in answer ? [answer.bytes.buffer] : []
  port.postMessage({ number, ok: true, answer } satisfies Reply, transfer)
}

function describeCall(call: Call): string {
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
      return `${WORDS[call.name]} document "${call.document}"`
    case 'listTrash':
      return 'list the trash'
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
} as const
