/** A short notation for tests: `drive(editor).down(10, 10).move(50, 50).up()`. Screen pixels throughout. */
import type { Editor } from '../editor.ts'
import type { KeyInput, Modifiers, PointerInput, PointerType } from '../types.ts'

export type Held = Partial<Modifiers> & {
  readonly type?: PointerType
  readonly id?: number
  readonly button?: number
  readonly clicks?: number
  readonly pressure?: number
  readonly predicted?: readonly (readonly [x: number, y: number])[]
}

/** Keys as people write them: `mod+shift+z`, `Escape`, `r`. */
export function keyOf(notation: string, more: Partial<KeyInput> = {}): KeyInput {
  const parts = notation.split('+')
  const key = parts.at(-1) ?? ''
  const code = /^[a-z]$/i.test(key)
    ? `Key${key.toUpperCase()}`
    : /^\d$/.test(key)
      ? `Digit${key}`
      : key
  return {
    key,
    code,
    shift: parts.includes('shift'),
    alt: parts.includes('alt'),
    mod: parts.includes('mod'),
    repeat: false,
    ...more,
  }
}

/** Drives an editor; every method returns the driver. */
export class Driver {
  readonly editor: Editor
  #at = { x: 0, y: 0 }
  #down = false

  constructor(editor: Editor) {
    this.editor = editor
  }

  down(x: number, y: number, held: Held = {}): this {
    this.#at = { x, y }
    this.#down = true
    this.editor.pointerDown(this.#input(held))
    return this
  }

  move(x: number, y: number, held: Held = {}): this {
    this.#at = { x, y }
    this.editor.pointerMove(this.#input(held))
    return this
  }

  up(held: Held = {}): this {
    this.#down = false
    this.editor.pointerUp(this.#input(held))
    return this
  }

  click(x: number, y: number, held: Held = {}): this {
    return this.down(x, y, held).up(held)
  }

  doubleClick(x: number, y: number, held: Held = {}): this {
    return this.click(x, y, held).click(x, y, { ...held, clicks: 2 })
  }

  /** From one point to another with a stop half way. */
  drag(from: readonly [number, number], to: readonly [number, number], held: Held = {}): this {
    this.down(...from, held)
    this.move((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, held)
    return this.move(...to, held).up(held)
  }

  key(notation: string, more: Partial<KeyInput> = {}): this {
    this.editor.keyDown(keyOf(notation, more))
    return this
  }

  keyUp(notation: string, more: Partial<KeyInput> = {}): this {
    this.editor.keyUp(keyOf(notation, more))
    return this
  }

  #input({
    type = 'mouse',
    id = 1,
    button = 0,
    clicks = 1,
    pressure = 0.5,
    ...held
  }: Held): PointerInput {
    const { shift = false, alt = false, mod = false } = held
    const buttons = this.#down ? 1 : 0
    const predicted = held.predicted?.map(([x, y]) => ({ at: { x, y }, pressure }))
    const input = { id, type, button, buttons, at: this.#at, pressure, shift, alt, mod, clicks }
    return predicted ? { ...input, predicted } : input
  }
}

export function drive(editor: Editor): Driver {
  return new Driver(editor)
}
