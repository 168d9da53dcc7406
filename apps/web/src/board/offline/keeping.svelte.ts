/**
 * The copy of the board in this browser, as the page shows it: says once when there is none, sums up what came in after
 * a time away, and removes the copy when asked or when the board is gone for good.
 */
import { Disposers, systemClock } from '@kolam/base'
import type { Board } from '@kolam/board'
import type { Client, CopyState, OfflineCopy, Refusal } from '@kolam/client'
import { toasts } from '../../ui/toasts.svelte.ts'
import { watchAway } from './away.ts'
import { DAMAGED_TEXT, FORGOTTEN_TEXT, noCopyText } from './words.ts'

/** The server's word for a board in the trash, or deleted. */
const BOARD_GONE = 4410

/** Told once for all boards of this tab: the browser is the same. */
const told = new Set<string>()

export class Keeping {
  #state: CopyState = $state.raw({ name: 'opening' })
  readonly #options: KeepingOptions
  readonly #disposers = new Disposers()
  #isPersistent = false

  constructor(options: KeepingOptions) {
    const { board, client, copy } = options
    this.#options = options
    this.#state = copy.state
    this.#disposers.add(copy.on('state', (state) => this.#changed(state)))
    this.#disposers.add(
      copy.on('damaged', () => toasts.show({ kind: 'trouble', text: DAMAGED_TEXT })),
    )
    this.#disposers.add(client.on('save', ({ name }) => name === 'local' && this.#persist()))
    this.#disposers.add(client.on('refused', (refusal) => void this.#refused(refusal)))
    this.#disposers.add(client.on('synced', (synced) => synced && board.setReadOnly(false)))
    this.onRead(() => {
      const tell = (text: string): void => void toasts.show({ kind: 'news', text })
      const wasHere = copy.found
      this.#disposers.add(watchAway({ board, client, clock: systemClock, wasHere, tell }))
    })
  }

  /** Calls once when the store has been read, whatever it had. */
  onRead(run: () => void): void {
    if (!this.opening) return run()
    const stop = this.#options.copy.on('state', () => {
      stop()
      run()
    })
    this.#disposers.add(stop)
  }

  /** The store has not been read yet. */
  get opening(): boolean {
    return this.#state.name === 'opening'
  }

  /** Changes are written in this browser, also when the tab is closed. */
  get kept(): boolean {
    return this.#state.name === 'kept'
  }

  /** The store had the board. */
  get found(): boolean {
    return !this.opening && this.#options.copy.found
  }

  /** Why there is no copy; empty when there is, or when nobody needs to know. */
  get trouble(): string {
    return noCopyText(this.#state)
  }

  /** Everything on the board is in this browser's store at this moment. */
  get isWritten(): boolean {
    return this.#options.copy.isWritten
  }

  /** Removes the copy; the board stays in this tab. */
  async forget(): Promise<void> {
    try {
      await this.#options.copy.wipe()
      toasts.show({ kind: 'news', text: FORGOTTEN_TEXT })
    } catch {
      toasts.show({ kind: 'trouble', text: 'The copy could not be removed from this browser.' })
    }
  }

  dispose(): void {
    this.#disposers.dispose()
  }

  #changed(state: CopyState): void {
    this.#state = state
    const text = this.trouble
    if (text === '' || told.has(text)) return
    told.add(text)
    toasts.show({ kind: 'trouble', text })
  }

  /** Work that is only here must not be the first thing the browser throws away. */
  #persist(): void {
    if (this.#isPersistent || !this.kept) return
    this.#isPersistent = true
    void navigator.storage?.persist?.().catch(() => false)
  }

  /** A board that is gone can still be looked at and copied from, while something of it is only here. */
  async #refused({ code }: Refusal): Promise<void> {
    const { board, copy } = this.#options
    if (code !== BOARD_GONE) return
    board.setReadOnly(true)
    await copy.wipeIfSaved().catch(() => false)
  }
}

export interface KeepingOptions {
  readonly board: Board
  readonly client: Client
  readonly copy: OfflineCopy
}
