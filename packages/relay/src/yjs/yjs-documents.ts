/** Document functions that do all their work here and now: for a small server, without threads. */
import type { DocumentFunctions } from '../documents.ts'
import { mergeWith, rememberCoverage } from './choice.ts'
import { covers } from './coverage.ts'
import { compact } from './compact.ts'
import { coverage, diff, inspect, merge, mergeThoroughly } from './functions.ts'
import { sift } from './sift.ts'

/** What a relay needs to know of Yjs. A document of megabytes holds the event loop up when it is merged. */
export function yjsDocuments(): DocumentFunctions {
  const coverageOf = rememberCoverage(coverage)
  return {
    inspect,
    merge: mergeWith((name, updates) => MERGES[name](updates)),
    compact: async (updates) => compact(updates),
    diff: async (bytes, stateVector) => diff(bytes, stateVector),
    sift: async (parts, update) => sift(parts, update),
    addsNothing: async (bytes, update) => covers(await coverageOf(bytes), coverage(update)),
  }
}

const MERGES = { merge, mergeThoroughly } as const
