/** The eraser at rest. */
import type { Desk } from '../../desk.ts'
import type { ToolPointer, ToolState } from '../tool.ts'
import { Erasing } from './erasing.ts'

export class EraserIdle implements ToolState<'idle'> {
  readonly id = 'idle'
  readonly cursor = 'crosshair'
  readonly handles = false
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  down(pointer: ToolPointer): void {
    const next = new Erasing(this.#desk, pointer)
    this.#desk.tools.go(next)
    next.move(pointer)
  }

  exit(): void {}
}
