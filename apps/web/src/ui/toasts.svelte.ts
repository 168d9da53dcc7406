/** Short messages at the bottom of the page: news goes by itself, trouble stays until read. */
import { systemClock, type Disposer } from '@kolam/base'

export interface Toast {
  readonly kind: 'news' | 'trouble' | 'progress'
  readonly text: string
  readonly action?: { readonly label: string; run(): void }
}

export interface ShownToast extends Toast {
  readonly id: number
}

const NEWS_MS = 6_000
/** Trouble stays long enough to be read twice. */
const TROUBLE_MS = 15_000
/** Older ones go when there are more. */
const SHOWN_MAX = 3

class Toasts {
  #shown = $state.raw<readonly ShownToast[]>([])
  #timers = new Map<number, Disposer>()
  #lastId = 0

  get shown(): readonly ShownToast[] {
    return this.#shown
  }

  /** Shows a toast until its time is over; progress stays until closed. The same id replaces what is shown. */
  show(toast: Toast, id: number = ++this.#lastId): number {
    this.close(id)
    this.#shown = [...this.#shown, { ...toast, id }].slice(-SHOWN_MAX)
    if (toast.kind !== 'progress') {
      const ms = toast.kind === 'news' ? NEWS_MS : TROUBLE_MS
      this.#timers.set(
        id,
        systemClock.after(ms, () => this.close(id)),
      )
    }
    return id
  }

  close(id: number): void {
    this.#timers.get(id)?.()
    this.#timers.delete(id)
    this.#shown = this.#shown.filter((toast) => toast.id !== id)
  }
}

/** The messages of this tab, shown by `ToastLayer`. */
export const toasts = new Toasts()
