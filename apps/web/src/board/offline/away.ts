/**
 * What others did to the board while this tab had no line: gathered from what the server brings on return, and told in a
 * few words. Tells nothing of a board that is seen for the first time, nor of a line that was gone for a blink.
 */
import { type Clock, Disposers, type Disposer } from '@kolam/base'
import type { Board, BoardChange, ShapeId } from '@kolam/board'
import type { Client } from '@kolam/client'
import type * as Y from 'yjs'

/** Shapes that are there now, that say something else, and that are gone. */
export interface Incoming {
  readonly added: number
  readonly changed: number
  readonly removed: number
}

/** A line that comes back sooner was hardly missed. */
export const AWAY_MS = 5_000

/** Words for the summary; null when nothing came. */
export function awayText({ added, changed, removed }: Incoming): string | null {
  const parts = [
    [added, 'added'],
    [changed, 'changed'],
    [removed, 'removed'],
  ] as const
  const told = parts.filter(([count]) => count > 0)
  const [first, ...rest] = told.map(([count, what]) => `${count.toLocaleString('en')} ${what}`)
  if (first === undefined) return null
  const shapes = told[0]?.[0] === 1 ? 'shape' : 'shapes'
  return `While you were away: ${[first.replace(' ', ` ${shapes} `), ...rest].join(', ')}`
}

/** Shapes by what became of them, over several changes. */
export class Gathered {
  readonly #added = new Set<ShapeId>()
  readonly #changed = new Set<ShapeId>()
  readonly #removed = new Set<ShapeId>()

  add({ added, changed, removed }: Pick<BoardChange, 'added' | 'changed' | 'removed'>): void {
    for (const id of added) {
      // What went and came back was changed at most.
      if (this.#removed.delete(id)) this.#changed.add(id)
      else this.#added.add(id)
    }
    for (const id of changed) if (!this.#added.has(id)) this.#changed.add(id)
    for (const id of removed) {
      this.#changed.delete(id)
      if (!this.#added.delete(id)) this.#removed.add(id)
    }
  }

  get counts(): Incoming {
    return { added: this.#added.size, changed: this.#changed.size, removed: this.#removed.size }
  }
}

export interface AwayOptions {
  readonly board: Board
  readonly client: Client
  readonly clock: Clock
  /** Whether the board was here before the server was asked. */
  readonly wasHere: boolean
  readonly tell: (text: string) => void
}

/** Listens until the returned disposer is called; to be called when the copy has been read. */
export function watchAway({ board, client, clock, wasHere, tell }: AwayOptions): Disposer {
  const disposers = new Disposers()
  let gathered = new Gathered()
  let origin: unknown = null
  /** Since when there is no line; a tab that begins was always away. */
  let since = -Infinity
  let isFirst = true
  const onTransaction = ({ origin: by }: Y.Transaction): void => {
    origin = by
  }
  board.doc.on('beforeObserverCalls', onTransaction)
  disposers.add(() => board.doc.off('beforeObserverCalls', onTransaction))
  disposers.add(
    board.on('change', (change) => {
      if (!client.synced && origin === client && !change.loaded) gathered.add(change)
    }),
  )
  disposers.add(
    client.on('synced', (synced) => {
      const text = awayText(gathered.counts)
      gathered = new Gathered()
      if (!synced) return void (since = clock.now())
      const isNew = isFirst && !wasHere
      isFirst = false
      if (text !== null && !isNew && clock.now() - since >= AWAY_MS) tell(text)
    }),
  )
  return () => disposers.dispose()
}
