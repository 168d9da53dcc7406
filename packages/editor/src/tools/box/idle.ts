/** A box tool at rest. */
import type { Desk } from '../../desk.ts'
import type { ToolPointer, ToolState } from '../tool.ts'
import type { BoxKind } from './box.ts'
import { BoxPointing } from './pointing.ts'

export class BoxIdle implements ToolState<'idle'> {
  readonly id = 'idle'
  readonly cursor = 'crosshair'
  readonly handles = false
  readonly #desk: Desk
  readonly #kind: BoxKind

  constructor(desk: Desk, kind: BoxKind) {
    this.#desk = desk
    this.#kind = kind
  }

  down(pointer: ToolPointer): void {
    this.#desk.tools.go(new BoxPointing(this.#desk, pointer, this.#kind))
  }

  exit(): void {}
}
