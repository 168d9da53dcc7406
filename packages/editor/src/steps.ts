/** Undo steps: one per gesture and one per command, and taking back a step that never finished. */
import type { Clock } from '@kolam/base'
import type { Board, BoardChange } from '@kolam/board'

/** Marks where undo steps begin and end. */
export class Steps {
  readonly #board: Board
  readonly #clock: Clock
  /** Whether the open step has changed the document. */
  #dirty = false
  #last: { readonly name: string; readonly at: number } | null = null

  constructor(board: Board, clock: Clock) {
    this.#board = board
    this.#clock = clock
  }

  begin(): void {
    this.#board.undo.mark()
    this.#dirty = false
    this.#last = null
  }

  end(): void {
    this.#board.undo.mark()
    this.#dirty = false
  }

  /** Take back all that was done since `begin`, as if it had never been. */
  revert(): void {
    if (this.#dirty) this.#board.undo.discard()
    this.end()
  }

  /** One transaction, one step. */
  run<T>(work: () => T): T {
    this.begin()
    const result = this.#board.transact(work)
    this.end()
    return result
  }

  /** Like `run`, but goes on with the last step if that had the same name and is younger than `withinMs`. */
  runMerged(name: string, withinMs: number, work: () => void): void {
    const now = this.#clock.now()
    const merges = this.#last?.name === name && now - this.#last.at <= withinMs
    if (!merges) this.begin()
    this.#board.transact(work)
    this.#last = { name, at: now }
  }

  /** Every change of the board is told here. */
  note(change: BoardChange): void {
    if (change.local) this.#dirty = true
  }
}
