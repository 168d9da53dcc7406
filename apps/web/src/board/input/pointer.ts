/**
 * The browser's pointers on the board, told to the editor as they are: mouse, pen and each finger.
 * What two fingers or a right button mean is the editor's business.
 *
 * `pointerrawupdate` is not listened to: it tells of the same samples sooner than a move does, but what
 * it tells could not be painted before the next frame, and by then the move has brought all of them.
 */
import { Disposers, type Disposer } from '@kolam/base'
import type { Editor, PointerInput, PointerSample, PointerType } from '@kolam/editor'
import type { Vec } from '@kolam/geometry'
import { ClickCounter } from './clicks.ts'
import { modifiers } from './modifiers.ts'

export interface PointerOptions {
  readonly element: HTMLElement
  readonly editor: Editor
  /** Called after every input: something may want an animation frame. */
  readonly moved: () => void
}

/** A right button that moved farther than this was dragging the board, not asking for a menu. */
const MENU_SLOP_PX = 4

export class PointerSource {
  readonly #options: PointerOptions
  readonly #disposers = new Disposers()
  readonly #clicks = new ClickCounter()
  readonly #pressed = new Set<number>()
  #menu: { readonly from: Vec; dragged: boolean } = { from: { x: 0, y: 0 }, dragged: false }

  constructor(options: PointerOptions) {
    this.#options = options
  }

  /** Something is pressed: a gesture may be under way. */
  get isDown(): boolean {
    return this.#pressed.size > 0
  }

  /** Listens until the returned disposer is called. */
  start(): Disposer {
    const { editor, moved } = this.#options
    this.#on('pointerdown', (event) => this.#down(event))
    this.#on('pointermove', (event) => this.#move(event))
    this.#on('pointerup', (event) =>
      this.#lift(event, () => editor.pointerUp(this.#input(event, 1))),
    )
    this.#on('pointercancel', (event) => this.#lift(event, () => editor.pointerCancel()))
    this.#on('pointerleave', () => {
      editor.pointerLeave()
      moved()
    })
    this.#on('contextmenu', (event) => {
      if (this.#menu.dragged) event.preventDefault()
    })
    return () => this.#disposers.dispose()
  }

  #on<K extends keyof HTMLElementEventMap>(
    name: K,
    listener: (event: HTMLElementEventMap[K]) => void,
  ): void {
    const { element } = this.#options
    element.addEventListener(name, listener)
    this.#disposers.add(() => element.removeEventListener(name, listener))
  }

  #down(event: PointerEvent): void {
    const at = this.#at(event)
    this.#options.element.setPointerCapture(event.pointerId)
    this.#pressed.add(event.pointerId)
    if (event.button === 2) this.#menu = { from: at, dragged: false }
    const clicks = this.#clicks.press({ at, button: event.button, timeMs: event.timeStamp })
    this.#options.editor.pointerDown(this.#input(event, clicks))
    this.#options.moved()
  }

  #move(event: PointerEvent): void {
    if (event.buttons & 2 && isFar(this.#at(event), this.#menu.from)) this.#menu.dragged = true
    this.#options.editor.pointerMove(this.#input(event, 1))
    this.#options.moved()
  }

  #lift(event: PointerEvent, tell: () => void): void {
    this.#pressed.delete(event.pointerId)
    tell()
    // A finger that is up is nowhere.
    if (event.pointerType === 'touch') this.#options.editor.pointerLeave()
    this.#options.moved()
  }

  #input(event: PointerEvent, clicks: 1 | 2): PointerInput {
    return {
      id: event.pointerId,
      type: pointerType(event.pointerType),
      button: event.button,
      buttons: event.buttons,
      at: this.#at(event),
      pressure: event.pressure,
      ...modifiers(event),
      ...(event.type === 'pointermove' ? this.#between(event) : {}),
      clicks,
    }
  }

  /** What came since the last move and what is likely to come, while something is pressed. */
  #between(event: PointerEvent): Pick<PointerInput, 'samples' | 'predicted'> {
    if (event.buttons === 0) return {}
    const { left, top } = this.#options.element.getBoundingClientRect()
    const place = ({ clientX, clientY, pressure }: PointerEvent): PointerSample => ({
      at: { x: clientX - left, y: clientY - top },
      pressure,
    })
    const { coalesced, predicted } = neighbours(event)
    return {
      ...(coalesced.length > 1 ? { samples: coalesced.map(place) } : {}),
      ...(predicted.length > 0 ? { predicted: predicted.map(place) } : {}),
    }
  }

  #at(event: MouseEvent): Vec {
    const { left, top } = this.#options.element.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }
}

/** Some browsers have neither, and none has them on a page that came over plain HTTP. */
function neighbours(event: PointerEvent): {
  readonly coalesced: readonly PointerEvent[]
  readonly predicted: readonly PointerEvent[]
} {
  const some: Partial<PointerEvent> = event
  return {
    coalesced: some.getCoalescedEvents?.() ?? [],
    predicted: some.getPredictedEvents?.() ?? [],
  }
}

function pointerType(type: string): PointerType {
  return type === 'pen' || type === 'touch' ? type : 'mouse'
}

function isFar(a: Vec, b: Vec): boolean {
  return Math.hypot(a.x - b.x, a.y - b.y) > MENU_SLOP_PX
}
