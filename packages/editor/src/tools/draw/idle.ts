/** The pen above the paper. */
import type { Desk } from '../../desk.ts'
import type { ToolPointer, ToolState } from '../tool.ts'
import { Drawing } from './drawing.ts'

export class DrawIdle implements ToolState<'idle'> {
  readonly id = 'idle'
  readonly cursor = 'crosshair'
  readonly handles = false
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  down(pointer: ToolPointer): void {
    this.#desk.tools.go(new Drawing(this.#desk, pointer))
  }

  exit(): void {}
}
