/** The hand at rest. */
import type { Desk } from '../../desk.ts'
import type { ToolPointer, ToolState } from '../tool.ts'
import { Panning } from './panning.ts'

export class HandIdle implements ToolState<'idle'> {
  readonly id = 'idle'
  readonly cursor = 'grab'
  readonly handles = false
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
  }

  down(pointer: ToolPointer): void {
    this.#desk.tools.go(new Panning(this.#desk, pointer))
  }

  exit(): void {}
}
