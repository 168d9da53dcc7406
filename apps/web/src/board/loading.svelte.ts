/**
 * A big board comes bit by bit: what of it first, in which turns of the page, and what is said about it.
 *
 * Whoever presses a key or a button meanwhile gets the rest at once: what they are about to do may need it.
 */
import type { Disposer } from '@kolam/base'
import type { Board, Loading } from '@kolam/board'
import { createSubscriber } from 'svelte/reactivity'

/** A board that is here sooner says nothing. */
const SHOW_AFTER_MS = 300

/** Presses, and what reads the board without one. */
const PRESSES = ['pointerdown', 'keydown', 'copy', 'cut', 'paste', 'drop'] as const

/** Calls `run` when the page has done what was waiting; in hidden tabs too, which get no frames. */
export function inNextTurn(run: () => void): Disposer {
  const { port1, port2 } = new MessageChannel()
  port1.addEventListener('message', () => {
    port1.close()
    run()
  })
  port1.start()
  port2.postMessage(null)
  return () => port1.close()
}

/** What components read of it. */
export class LoadingView {
  readonly #board: Board
  readonly #follow: () => void
  #shown = $state(false)

  constructor(board: Board) {
    this.#board = board
    this.#follow = createSubscriber((update) => board.on('loading', update))
  }

  /** How far the board has come; null when all of it is here. */
  get state(): Loading | null {
    this.#follow()
    return this.#board.loading
  }

  /** It takes long enough to say so. */
  get shown(): boolean {
    return this.#shown
  }

  /** Watches until the returned disposer is called. */
  start(): Disposer {
    const board = this.#board
    let timer = 0
    const finish = (): void => board.finishLoading()
    const stop = (): void => {
      clearTimeout(timer)
      timer = 0
      this.#shown = false
      for (const press of PRESSES) removeEventListener(press, finish, true)
    }
    const follow = (): void => {
      if (board.loading === null) return stop()
      if (timer !== 0) return
      timer = window.setTimeout(() => (this.#shown = true), SHOW_AFTER_MS)
      for (const press of PRESSES) addEventListener(press, finish, true)
    }
    const off = board.on('loading', follow)
    return () => {
      off()
      stop()
    }
  }
}
