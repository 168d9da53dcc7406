/** Points of a history whose bytes mean nothing. */
import type { NewPoint } from '../history.ts'

/** The first point of a document with one update, changed as asked. */
export function newPoint(change: Partial<NewPoint> = {}): NewPoint {
  return {
    after: 0,
    at: 10,
    seq: 1,
    kind: 'automatic',
    name: '',
    author: '',
    updates: 0,
    authors: [],
    base: true,
    delta: Uint8Array.of(1),
    journal: Uint8Array.of(2, 2),
    mark: Uint8Array.of(3),
    ...change,
  }
}
