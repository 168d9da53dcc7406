/** What people on Kolam's boards may say about themselves: what the web app and the common editors of Yjs say, no more. */
import { DEFAULT_PRESENCE_RULES, type PresenceRules } from '@kolam/relay'

/** A selection of a hundred shapes is the largest thing told; see `apps/web/src/board/presence`. */
export const BOARD_PRESENCE: PresenceRules = {
  ...DEFAULT_PRESENCE_RULES,
  // `person` is the web app's; the editors that come with Yjs say `user` instead.
  keys: ['person', 'user', 'cursor', 'selection'],
  people: ['person', 'user'],
}
