/** The text tool at rest. */
import type { Desk } from '../../desk.ts'
import type { ToolPointer, ToolState } from '../tool.ts'
import { TextPointing } from './pointing.ts'

export class TextIdle implements ToolState<'idle'> {
  readonly id = 'idle'
  readonly cursor = 'text'
  readonly handles = false
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  down(pointer: ToolPointer): void {
    this.#desk.tools.go(new TextPointing(this.#desk, pointer))
  }

  exit(): void {}
}
