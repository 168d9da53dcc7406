/** What of a document no server has acknowledged, so that it can outlive the page. Data only. */

import { type Clocks, earliest } from './update-bytes.ts'

/** Changes that are not known to be on the server's disk. */
export interface Unsaved {
  readonly changes: number
  /** When the oldest was made. */
  readonly sinceMs: number
  /** Where what was written begins, by the client ids it was written with: a server that claims to have more is not believed. */
  readonly starts: Clocks
}

/** Several tabs share what they write, so each counted mostly the same changes: the largest count is nearest. */
export function mergeUnsaved(all: readonly Unsaved[]): Unsaved | null {
  if (all.length === 0) return null
  return {
    changes: Math.max(...all.map(({ changes }) => changes)),
    sinceMs: Math.min(...all.map(({ sinceMs }) => sinceMs)),
    starts: earliest(...all.map(({ starts }) => starts)),
  }
}
