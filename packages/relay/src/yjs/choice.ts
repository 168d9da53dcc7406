/** What document functions decide and remember from call to call, wherever they are carried out. */
import type { DocumentFunctions } from '../documents.ts'
import type { Coverage } from './coverage.ts'

/** Up to here every merge is thorough: nobody notices the difference. */
const THOROUGH_BYTES_MAX = 1024 * 1024

/** Of the larger merges, which people wait for, every eighth is: so what was deleted does not pile up. */
const THOROUGH_EVERY = 8

/** The names of the two ways to merge. */
export type MergeName = 'merge' | 'mergeThoroughly'

/**
 * Merges: carefully chosen, and in the simple way where the thorough one fails. Yjs throws over some updates that can
 * be read and were stored; whoever they break, the document must still be handed out.
 */
export function mergeWith(
  run: (name: MergeName, updates: readonly Uint8Array[]) => Uint8Array | Promise<Uint8Array>,
): DocumentFunctions['merge'] {
  let large = 0
  function isThorough(updates: readonly Uint8Array[]): boolean {
    const bytes = updates.reduce((sum, update) => sum + update.length, 0)
    if (bytes <= THOROUGH_BYTES_MAX) return true
    large += 1
    return large % THOROUGH_EVERY === 0
  }
  return async (updates, of) => {
    if (of === 'tail' || !isThorough(updates)) return run('merge', updates)
    try {
      return await run('mergeThoroughly', updates)
    } catch {
      return run('merge', updates)
    }
  }
}

/** Everybody who comes back asks about the same document: its coverage is found once, as long as its bytes live. */
export function rememberCoverage(
  find: (bytes: Uint8Array) => Coverage | Promise<Coverage>,
): (bytes: Uint8Array) => Promise<Coverage> {
  const known = new WeakMap<Uint8Array, Promise<Coverage>>()
  return async (bytes) => {
    const coverage = known.get(bytes) ?? Promise.resolve(find(bytes))
    known.set(bytes, coverage)
    // A thread that died must not be the answer for ever.
    coverage.catch(() => known.delete(bytes))
    return coverage
  }
}
