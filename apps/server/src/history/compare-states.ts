/** What happened to a board between two moments, and who did it, as far as the journals say. */
import type { ShapeKind } from '@kolam/board'
import { type BoardDiff, compareBoards } from '@kolam/board/history'
import type { Append } from '@kolam/persistence'
import { withDocument } from '@kolam/relay/yjs'
import { type Credit, Credits, type StructId } from './credits.ts'
import { entriesOf, type JournalEntry, readJournal } from './journal.ts'
import { authorsOf } from './make-point.ts'

/** Two states, and who wrote what between them. */
export interface ComparedStates {
  readonly before: readonly Uint8Array[]
  readonly after: readonly Uint8Array[]
  readonly journals: readonly Uint8Array[]
  /** What no journal holds yet. */
  readonly updates: readonly Append[]
}

/** A shape to which something happened. */
export interface ShapeNews {
  readonly id: string
  readonly kind: ShapeKind
  /** The beginning of its label. */
  readonly text: string
  /** Who did it, the last one first; empty where that is not known. */
  readonly authors: readonly string[]
  /** When it was done last, in milliseconds since the epoch; null where that is not known. */
  readonly at: number | null
  /** Of a shape that was changed: what of it. */
  readonly props?: readonly string[]
}

/** What happened, as it is shown. */
export interface BoardNews {
  readonly title: BoardDiff['title']
  readonly added: readonly ShapeNews[]
  readonly removed: readonly ShapeNews[]
  readonly changed: readonly ShapeNews[]
  /** How many there are in all; of each kind at most 2,000 are listed. */
  readonly counts: { readonly added: number; readonly removed: number; readonly changed: number }
  /** Everybody who did any of it, the most busy first. */
  readonly authors: readonly string[]
}

const LISTED_MAX = 2_000

/** Compares; throws where a state cannot be read. */
export function compareStates({ before, after, journals, updates }: ComparedStates): BoardNews {
  const entries = [...journals.flatMap(readOrNothing), ...entriesOf(updates)]
  const credits = new Credits(entries)
  const diff = withDocument(before, (old) => withDocument(after, (now) => compareBoards(old, now)))
  const added = diff.added.slice(0, LISTED_MAX)
  const removed = diff.removed.slice(0, LISTED_MAX)
  const changed = diff.changed.slice(0, LISTED_MAX)
  return {
    title: diff.title,
    added: added.map((shape) => newsOf(shape, written(credits, shape.items))),
    removed: removed.map((shape) => newsOf(shape, deleted(credits, shape.items))),
    changed: changed.map((shape) => ({
      ...newsOf(shape, [...written(credits, shape.items), ...deleted(credits, shape.removedItems)]),
      props: shape.props,
    })),
    counts: {
      added: diff.added.length,
      removed: diff.removed.length,
      changed: diff.changed.length,
    },
    authors: authorsOf(entries),
  }
}

/** A journal that cannot be read names nobody; what happened is told without it. */
function readOrNothing(journal: Uint8Array): JournalEntry[] {
  try {
    return readJournal(journal)
  } catch {
    return []
  }
}

function written(credits: Credits, items: readonly StructId[]): (Credit | null)[] {
  return items.map((item) => credits.writer(item))
}

function deleted(credits: Credits, items: readonly StructId[]): (Credit | null)[] {
  return items.map((item) => credits.deleter(item))
}

function newsOf(
  { id, kind, text }: { id: string; kind: ShapeKind; text: string },
  credits: readonly (Credit | null)[],
): ShapeNews {
  const known = credits.filter((credit) => credit !== null).toSorted((a, b) => b.at - a.at)
  const authors = new Set(known.map(({ author }) => author).filter((author) => author !== ''))
  return { id, kind, text, authors: [...authors], at: known[0]?.at ?? null }
}
