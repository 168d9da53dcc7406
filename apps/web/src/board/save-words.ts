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
  /** The board is in this tab, from the server or from this browser's copy. */
  readonly opened: boolean
  /** The server has answered in this tab, or has been found not to. */
  readonly tried: boolean
  /** A file is being brought onto the board. */
  readonly importing: boolean
  /** This browser keeps what is drawn, also when the tab is closed. */
  readonly kept: boolean
  /** Why it does not, as a sentence; empty where nobody needs to know. */
  readonly trouble: string
}

/** The server has other words at the places of ours: what is kept here can never be stored. */
const TAKEN = 4409
const WITHOUT_COPY =
  'Copy what you need, choose “Forget the copy in this browser” in the menu, and reload: the board is then as the server has it.'

/** Words for where the board and this person's changes are, and whether this browser keeps a copy. */
export function saveWords(view: SaveView): SaveWords {
  const words = connectionWords(view)
  return { ...words, long: `${words.long} ${view.trouble}`.trim() }
}

function connectionWords(view: SaveView): SaveWords {
  const { state, save, opened, tried, importing, kept } = view
  const place = kept ? 'in this browser' : 'in this tab'
  if (state.name === 'refused') {
    const reason = sentence(state.reason || `The server closed the board (${state.code})`)
    const way = kept && state.code === TAKEN ? WITHOUT_COPY : keptHere(save, place)
    return { tone: 'bad', short: 'Refused', long: `${reason} ${way}`.trim() }
  }
  if (state.name === 'degraded') {
    const long = `${sentence(state.reason)} ${keptHere(save, place)}`.trim()
    return { tone: 'bad', short: 'Not saving', long }
  }
  if (state.name === 'offline' && state.trouble?.reason) {
    const long = `${sentence(state.trouble.reason)} Trying again… ${keptHere(save, place)}`.trim()
    return { tone: 'bad', short: 'Cannot save', long }
  }
  if (!opened) return opening(state, place)
  if (!tried && save.name !== 'saving') return connecting(save, place)
  if (save.name === 'local') return offline(save.changes, kept)
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
  return offline(0, kept)
}

/** `1 change`, `3 changes`. */
export function changesText(count: number): string {
  return count === 1 ? '1 change' : `${count} changes`
}

function opening(state: ConnectionState, place: string): SaveWords {
  if (state.name === 'offline') {
    const long = `The server does not answer. Trying again… What you draw is kept ${place}.`
    return { tone: 'bad', short: 'Offline', long }
  }
  return { tone: 'busy', short: 'Opening…', long: 'The board is being fetched from the server.' }
}

/** The board is there, and the server is being asked what is new. */
function connecting(save: SaveState, place: string): SaveWords {
  const long = `This is the copy of this browser; the server is being asked. ${keptHere(save, place)}`
  return { tone: 'busy', short: 'Connecting…', long: long.trim() }
}

function offline(changes: number, kept: boolean): SaveWords {
  if (changes === 0) {
    const rest = kept ? ' What you draw is kept in this browser until the server answers.' : ''
    const long = `No connection. Everything you drew before is saved.${rest}`
    return { tone: 'busy', short: 'Offline', long }
  }
  if (kept) {
    return {
      tone: 'busy',
      short: `Offline – ${changesText(changes)} kept in this browser`,
      long: 'They are sent when the server answers again. You may close the tab or reload it.',
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

function keptHere(save: SaveState, place: string): string {
  return save.name === 'saved' ? '' : `${changesText(save.changes)} kept ${place}.`
}
