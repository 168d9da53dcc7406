/** What a person may be told about the connection and about the safety of their changes. Data only. */

import type { Unsaved } from './unsaved.ts'

/** What the server said when it hung up because something went wrong: a close code and a sentence. */
export interface Trouble {
  readonly code: number
  readonly reason: string
}

/** Where the connection stands. `refused` waits for connect() unless the server kept the line. */
export type ConnectionState =
  | { readonly name: 'offline'; readonly retryAt?: number; readonly trouble?: Trouble }
  | { readonly name: 'connecting' }
  | { readonly name: 'syncing' }
  | { readonly name: 'live' }
  | { readonly name: 'degraded'; readonly reason: string }
  | { readonly name: 'refused'; readonly code: number; readonly reason: string }

/** Where this person's changes are; `since` is when the oldest change that is only here was made. */
export type SaveState =
  | { readonly name: 'saved' }
  | { readonly name: 'saving'; readonly changes: number }
  | { readonly name: 'local'; readonly changes: number; readonly since: number }

/** The three words other Yjs providers use for the connection. */
export type Status = 'connected' | 'connecting' | 'disconnected'

/** The provider word for a state. */
export function statusOf(state: ConnectionState): Status {
  if (state.name === 'offline' || state.name === 'refused') return 'disconnected'
  return state.name === 'connecting' ? 'connecting' : 'connected'
}

/** What may be said of changes on such a connection. */
export function saveStateOf(unsaved: Unsaved | null, state: ConnectionState): SaveState {
  if (!unsaved) return { name: 'saved' }
  const { changes, sinceMs: since } = unsaved
  const goesOn = statusOf(state) === 'connected'
  return goesOn ? { name: 'saving', changes } : { name: 'local', changes, since }
}

/** Whether two states would be shown alike. */
export function sameState<State extends ConnectionState | SaveState>(a: State, b: State): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
