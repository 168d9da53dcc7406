/** What other people's tabs say about themselves, read with suspicion. Pure. */
import type { ShapeId } from '@kolam/board'
import type { Vec } from '@kolam/geometry'
import { readPerson, type Person } from '../../lib/person.ts'

export interface Presence {
  readonly person: Person
  /** Where the pointer is, in page space; null when it is elsewhere. */
  readonly cursor: Vec | null
  readonly selection: readonly ShapeId[]
}

/** Somebody else's tab on this board. */
export interface Peer extends Presence {
  readonly clientId: number
  /** When the cursor last moved here, by this tab's clock. */
  readonly movedAt: number
}

/** More outlines than this tell nothing more and cost time. */
const SELECTION_MAX = 100
const ID_CHARS_MAX = 64
/** Beyond this a number is no place on a board. */
const COORDINATE_MAX = 1e9

/** The presence in an awareness state, or null when there is no person in it. */
export function readPresence(state: unknown): Presence | null {
  if (typeof state !== 'object' || state === null) return null
  const { person, cursor, selection } = state as Record<string, unknown>
  const who = readPerson(person)
  return who && { person: who, cursor: readVec(cursor), selection: readIds(selection) }
}

/** The people in awareness states; who has not moved since `before` keeps the time. */
export function readPeers(
  states: Iterable<readonly [clientId: number, state: unknown]>,
  { before, now }: { before: readonly Peer[]; now: number },
): Peer[] {
  const known = new Map(before.map((peer) => [peer.clientId, peer]))
  return Array.from(states).flatMap(([clientId, state]) => {
    const presence = readPresence(state)
    return presence ? [withTime({ ...presence, clientId }, known.get(clientId), now)] : []
  })
}

function withTime(peer: Omit<Peer, 'movedAt'>, before: Peer | undefined, now: number): Peer {
  const rests = before?.cursor?.x === peer.cursor?.x && before?.cursor?.y === peer.cursor?.y
  return { ...peer, movedAt: before && rests ? before.movedAt : now }
}

function readVec(value: unknown): Vec | null {
  if (typeof value !== 'object' || value === null) return null
  const { x, y } = value as Record<string, unknown>
  return isCoordinate(x) && isCoordinate(y) ? { x, y } : null
}

function isCoordinate(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= COORDINATE_MAX
}

function readIds(value: unknown): readonly ShapeId[] {
  if (!Array.isArray(value)) return []
  return value
    .slice(0, SELECTION_MAX)
    .filter((id): id is string => typeof id === 'string' && id.length <= ID_CHARS_MAX)
}
