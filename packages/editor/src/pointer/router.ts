/**
 * Decides what each pointer is for: the tool's gesture, a pan, a pinch, or nothing.
 *
 * One gesture at a time. A second finger makes a pinch and cancels what the first one was doing; any
 * other pointer that comes down meanwhile is ignored until it is up again.
 */
import { boxCentre, boxFromPoints, distance, isFiniteVec, type Vec } from '@kolam/geometry'
import type { Desk } from '../desk.ts'
import type { ToolPointer, ToolSample } from '../tools/tool.ts'
import { DRAG_SLOP_PX } from '../limits.ts'
import type { CursorName, Modifiers, PointerInput, PointerSample } from '../types.ts'

type Mode =
  | { readonly name: 'none' }
  | { readonly name: 'tool'; readonly id: number }
  | {
      readonly name: 'pan'
      readonly id: number
      readonly button: number
      readonly from: Vec
      at: Vec
    }
  /** Two fingers, until the last of them is up. */
  | { readonly name: 'pinch' }

const MIDDLE = 1
const RIGHT = 2

/** Routes pointers. */
export class PointerRouter {
  readonly #desk: Desk
  readonly #fingers = new Map<number, Vec>()
  #mode: Mode = { name: 'none' }
  #last: PointerInput | null = null
  #space = false

  constructor(desk: Desk) {
    this.#desk = desk
  }

  /** Where the pointer is on the page; null when it has left the board. */
  get page(): Vec | null {
    return this.#last && this.#desk.camera.toPage(this.#last.at)
  }

  /** What panning makes of the cursor; null leaves it to the tool. */
  get cursor(): CursorName | null {
    if (this.#mode.name === 'pan') return 'grabbing'
    return this.#space && this.#mode.name === 'none' ? 'grab' : null
  }

  /** While the space key is held, a press pans. */
  setSpace(held: boolean): void {
    if (held === this.#space) return
    this.#space = held
    this.#desk.signals.mark('cursor')
  }

  down(input: PointerInput): void {
    if (!isFiniteVec(input.at)) return
    this.#last = input
    if (input.type === 'touch') this.#fingers.set(input.id, input.at)
    if (this.#isPinch()) return this.#startPinch()
    this.#makeWay(input)
    if (this.#mode.name !== 'none') return
    if (this.#desk.editing.id !== null) this.#desk.editing.stop()
    if (this.#pans(input)) this.#startPan(input)
    else if (input.button === 0) this.#startTool(input)
  }

  move(input: PointerInput): void {
    if (!isFiniteVec(input.at)) return
    const mode = this.#mode
    const before = this.#fingers.get(input.id)
    if (mode.name === 'pinch' && before) return this.#pinch(input)
    if ('id' in mode && mode.id !== input.id) return
    this.#last = input
    if (before) this.#fingers.set(input.id, input.at)
    if (mode.name === 'pan') this.#pan(mode, input.at)
    else if (mode.name === 'tool' || input.buttons === 0) {
      this.#desk.tools.state.move?.(this.#pointer(input))
    }
  }

  up(input: PointerInput): void {
    this.#fingers.delete(input.id)
    const mode = this.#mode
    if (mode.name === 'pinch' && this.#fingers.size === 0) this.#mode = { name: 'none' }
    if (!('id' in mode) || mode.id !== input.id) return
    if (isFiniteVec(input.at)) this.#last = input
    this.#mode = { name: 'none' }
    if (mode.name === 'pan') return this.#endPan(mode)
    this.#desk.tools.state.up?.(this.#pointer(this.#last ?? input))
  }

  /** The platform took the pointers away. */
  cancel(): void {
    this.#fingers.clear()
    this.end('cancel')
  }

  /** The pointer has left the board. */
  leave(): void {
    if (this.#mode.name !== 'none') return
    this.#last = null
    this.#desk.stage.show({ hovered: null, bindTarget: null })
  }

  /** End what runs; pointers still down mean nothing until they come down again. */
  end(how: 'cancel' | 'interrupt' | 'blur' | 'dispose'): void {
    if (this.#mode.name === 'pan') this.#desk.signals.mark('cursor')
    this.#mode = this.#fingers.size > 0 ? { name: 'pinch' } : { name: 'none' }
    this.#desk.tools.leave(how)
  }

  blur(): void {
    this.#fingers.clear()
    this.setSpace(false)
    this.end('blur')
  }

  /** A modifier key went down or up, or the camera moved: the gesture sees the pointer anew. */
  again(modifiers: Modifiers | null): void {
    if (this.#mode.name !== 'tool' || !this.#last) return
    const { shift, alt, mod } = modifiers ?? this.#last
    const { samples: _old, predicted: _past, ...last } = this.#last
    this.#last = { ...last, shift, alt, mod }
    this.#desk.tools.state.move?.(this.#pointer(this.#last))
  }

  /** A second finger is down, and the first one is not busy under a mouse or a pen. */
  #isPinch(): boolean {
    const mode = this.#mode
    if (this.#fingers.size < 2 || mode.name === 'pinch') return false
    return mode.name === 'none' || this.#fingers.has(mode.id)
  }

  #makeWay({ id, type }: PointerInput): void {
    const mode = this.#mode
    if (!('id' in mode)) return
    // The end of a press can be lost; a new press of the same pointer says so.
    const lost = mode.id === id
    // The palm comes down before the pen and means nothing.
    const palm = type === 'pen' && this.#fingers.has(mode.id)
    if (!lost && !palm) return
    this.#mode = { name: 'none' }
    this.#desk.tools.leave(palm ? 'cancel' : 'interrupt')
  }

  #pans({ button }: PointerInput): boolean {
    return button === MIDDLE || button === RIGHT || this.#space
  }

  #startTool(input: PointerInput): void {
    this.#mode = { name: 'tool', id: input.id }
    this.#desk.tools.state.down?.(this.#pointer(input))
  }

  #startPan({ id, at, button }: PointerInput): void {
    this.#mode = { name: 'pan', id, button, from: at, at }
    this.#desk.stage.show({ hovered: null })
    this.#desk.signals.mark('cursor')
  }

  #pan(mode: Mode & { name: 'pan' }, at: Vec): void {
    // The right button also asks for a menu: it pans only once it is clearly a drag.
    const still = mode.at === mode.from && distance(at, mode.from) < DRAG_SLOP_PX
    if (mode.button === RIGHT && still) return
    this.#desk.camera.panBy(at.x - mode.at.x, at.y - mode.at.y)
    mode.at = at
  }

  #endPan({ button, from, at }: Mode & { name: 'pan' }): void {
    this.#desk.signals.mark('cursor')
    if (button === RIGHT && at === from) this.#desk.tools.contextPress(this.#desk.camera.toPage(at))
  }

  #startPinch(): void {
    this.#desk.signals.mark('cursor')
    this.#mode = { name: 'pinch' }
    this.#desk.tools.leave('cancel')
  }

  #pinch({ id, at }: PointerInput): void {
    const before = this.#spread()
    this.#fingers.set(id, at)
    const after = this.#spread()
    const { camera } = this.#desk
    camera.panBy(after.centre.x - before.centre.x, after.centre.y - before.centre.y)
    if (before.size > 0 && after.size > 0) {
      camera.zoomTo((camera.zoom * after.size) / before.size, after.centre)
    }
  }

  #spread(): { centre: Vec; size: number } {
    const points = [...this.#fingers.values()]
    const [a, b] = points
    const centre = boxCentre(boxFromPoints(points))
    return { centre, size: a && b ? distance(a, b) : 0 }
  }

  #pointer(input: PointerInput): ToolPointer {
    const { camera } = this.#desk
    return {
      type: input.type,
      page: camera.toPage(input.at),
      screen: input.at,
      pressure: input.pressure,
      samples: this.#onPage(input.samples ?? [input]),
      predicted: this.#onPage(input.predicted ?? []),
      clicks: input.clicks,
      shift: input.shift,
      alt: input.alt,
      mod: input.mod,
    }
  }

  #onPage(samples: readonly PointerSample[]): ToolSample[] {
    const { camera } = this.#desk
    return samples
      .filter(({ at }) => isFiniteVec(at))
      .map(({ at, pressure }) => ({ page: camera.toPage(at), pressure }))
  }
}
