/** What the save light says: the client's states in a few words. Adds no interpretation of its own. Pure. */
import type { ConnectionState, SaveState } from '@kolam/client'

export interface SaveWords {
  readonly tone: 'good' | 'busy' | 'bad'
  /** At the light; a word or a few. */
  readonly short: string
  /** In the tooltip: one or two sentences. */
  readonly long: string
}

export interface SaveView {
  readonly state: ConnectionState
  readonly save: SaveState
  /** The board has arrived at least once in this tab. */
  readonly opened: boolean
  /** A file is being brought onto the board. */
  readonly importing: boolean
}

/** Words for where the board and this person's changes are. */
export function saveWords({ state, save, opened, importing }: SaveView): SaveWords {
  if (state.name === 'refused') {
    const reason = sentence(state.reason || `The server closed the board (${state.code})`)
    return { tone: 'bad', short: 'Refused', long: `${reason} ${keptHere(save)}`.trim() }
  }
  if (state.name === 'degraded') {
    const long = `${sentence(state.reason)} ${keptHere(save)}`.trim()
    return { tone: 'bad', short: 'Not saving', long }
  }
  if (state.name === 'offline' && state.trouble?.reason) {
    const long = `${sentence(state.trouble.reason)} Trying again… ${keptHere(save)}`.trim()
    return { tone: 'bad', short: 'Cannot save', long }
  }
  if (!opened) return opening(state)
  if (save.name === 'local') return offline(save.changes)
  if (save.name === 'saving') {
    return {
      tone: 'busy',
      short: 'Saving…',
      long: 'Your changes are on their way to the server’s disk.',
    }
  }
  if (importing) {
    return { tone: 'busy', short: 'Importing…', long: 'A file is being brought onto the board.' }
  }
  if (state.name === 'live' || state.name === 'syncing') {
    return { tone: 'good', short: 'Saved', long: 'Everything you drew is on the server’s disk.' }
  }
  return offline(0)
}

/** `1 change`, `3 changes`. */
export function changesText(count: number): string {
  return count === 1 ? '1 change' : `${count} changes`
}

function opening(state: ConnectionState): SaveWords {
  if (state.name === 'offline') {
    const long = 'The server does not answer. Trying again… What you draw is kept in this tab.'
    return { tone: 'bad', short: 'Offline', long }
  }
  return { tone: 'busy', short: 'Opening…', long: 'The board is being fetched from the server.' }
}

function offline(changes: number): SaveWords {
  if (changes === 0) {
    return {
      tone: 'busy',
      short: 'Offline',
      long: 'No connection. Everything you drew before is saved.',
    }
  }
  return {
    tone: 'bad',
    short: `Offline – ${changesText(changes)} kept in this tab`,
    long: 'Leave this tab open: the changes are sent when the server answers again.',
  }
}

/** The server's words end as they like. */
function sentence(words: string): string {
  return /[.!?…]$/.test(words) ? words : `${words}.`
}

function keptHere(save: SaveState): string {
  return save.name === 'saved' ? '' : `${changesText(save.changes)} kept in this tab.`
}
