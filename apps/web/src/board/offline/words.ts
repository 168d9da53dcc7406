/** What the app says about the copy in this browser. Pure. */
import type { CopyState } from '@kolam/client'
import { changesText } from '../save-words.ts'

/** Why there is no copy, or an empty string: nobody who removed it needs to be told. */
export function noCopyText(state: CopyState): string {
  if (state.name !== 'not kept') return ''
  switch (state.fault) {
    case 'closed':
      return 'This browser keeps no copy: it does not let the page store anything, as in some private windows.'
    case 'full':
      return 'This browser keeps no copy: its storage is full.'
    case 'failed':
      return 'This browser keeps no copy: its storage does not work.'
    case 'wiped':
      return ''
  }
}

/** When something in the copy was unreadable. */
export const DAMAGED_TEXT =
  'Part of this browser’s copy could not be read. What was saved is on the server; changes that were only here may be missing.'

/** Asked before a copy with changes in it is removed. */
export function forgetQuestion(changes: number): string {
  const are = changes === 1 ? 'is' : 'are'
  return `${changesText(changes)} ${are} not on the server yet, and would be in this tab only.`
}

/** When it is gone. */
export const FORGOTTEN_TEXT = 'The copy in this browser is gone'
