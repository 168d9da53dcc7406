/**
 * The one tooltip of the page: which control it is at and what it says.
 *
 * Shown after a short rest of the pointer, at once while moving along a row of controls, and at once
 * when a control gets the keyboard's focus. It repeats the control's name; it never adds to it.
 */
import { systemClock, type Disposer } from '@kolam/base'
import type { Attachment } from 'svelte/attachments'

export type Side = 'top' | 'right' | 'bottom' | 'left'

export interface Tip {
  readonly label: string
  /** A shortcut, one string per key. */
  readonly keys?: readonly string[]
  readonly side?: Side
}

const REST_MS = 450
/** A tip that closed this recently lets the next one open at once. */
const WARM_MS = 300

class Tips {
  #current = $state.raw<{ readonly anchor: Element; readonly tip: Tip } | null>(null)
  #cancel: Disposer = () => {}
  #closedAt = 0

  get current(): { readonly anchor: Element; readonly tip: Tip } | null {
    return this.#current
  }

  rest(anchor: Element, tip: Tip): void {
    this.#cancel()
    const warm = systemClock.now() - this.#closedAt < WARM_MS
    this.#cancel = systemClock.after(warm ? 0 : REST_MS, () => this.open(anchor, tip))
  }

  open(anchor: Element, tip: Tip): void {
    this.#current = { anchor, tip }
  }

  close(anchor: Element): void {
    this.#cancel()
    if (this.#current?.anchor !== anchor) return
    this.#current = null
    this.#closedAt = systemClock.now()
  }
}

/** The one tooltip of the page, shown by `TipLayer`. */
export const tips = new Tips()

/** Gives an element a tooltip. */
export function tip(read: () => Tip): Attachment<HTMLElement> {
  return (element) => {
    const close = (): void => tips.close(element)
    const listeners: Record<string, (event: Event) => void> = {
      pointerenter: (event) => {
        if (event instanceof PointerEvent && event.pointerType === 'mouse')
          tips.rest(element, read())
      },
      focus: () => {
        if (element.matches(':focus-visible')) tips.open(element, read())
      },
      pointerleave: close,
      pointerdown: close,
      blur: close,
      keydown: close,
    }
    for (const [name, listener] of Object.entries(listeners))
      element.addEventListener(name, listener)
    return () => {
      close()
      for (const [name, listener] of Object.entries(listeners)) {
        element.removeEventListener(name, listener)
      }
    }
  }
}
