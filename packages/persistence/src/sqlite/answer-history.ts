/** The worker's answers to what it is asked about the history. */
import { exhaustive } from '@kolam/base'
import { type Answer, type Call, type HistoryCall, packBatch } from './messages.ts'
import type { SqlitePoints } from './points.ts'

/** An answer, and what was written for it. */
export interface HistoryAnswer {
  readonly answer: Answer
  readonly wrote: { readonly bytes: number; readonly rows: number } | null
}

/** Whether a call is about the history. */
export function isHistoryCall(call: Call): call is HistoryCall {
  return call.name in WORDS
}

/** Does what is asked. */
export function answerHistory(points: SqlitePoints, call: HistoryCall): HistoryAnswer {
  switch (call.name) {
    case 'unrecorded': {
      const { updates, ...rest } = points.unrecorded(call.document, call.upto)
      return read({ ...rest, updates: packBatch(updates) })
    }
    case 'addPoint': {
      const { delta, journal } = call.point
      const number = points.add(call.document, call.point)
      return { answer: number, wrote: { bytes: delta.length + journal.length, rows: 1 } }
    }
    case 'listPoints':
      return read(points.list(call.document))
    case 'readPoint':
      return read(points.read(call.document, call.number))
    case 'renamePoint':
      points.rename(call.document, call.number, call.words)
      return { answer: undefined, wrote: { bytes: 0, rows: 1 } }
    case 'rewritePoints': {
      const { removed, replaced } = call.change
      points.rewrite(call.document, call.change)
      return { answer: undefined, wrote: { bytes: 0, rows: removed.length + replaced.length } }
    }
    case 'historySizes':
      return read(points.sizes())
    default:
      return exhaustive(call)
  }
}

/** What is being done, for an error. */
export function describeHistoryCall(call: HistoryCall): string {
  const words = WORDS[call.name]
  return 'document' in call ? `${words} document "${call.document}"` : words
}

function read(answer: Answer): HistoryAnswer {
  return { answer, wrote: null }
}

const WORDS = {
  unrecorded: 'read the log of',
  addPoint: 'keep a point of',
  listPoints: 'list the history of',
  readPoint: 'read the history of',
  renamePoint: 'name a point of',
  rewritePoints: 'tidy the history of',
  historySizes: 'measure all histories',
} as const
