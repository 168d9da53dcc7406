/** A linear tool at rest: shows what an arrow would start from. */
import type { Desk } from '../../desk.ts'
import type { ToolPointer, ToolState } from '../tool.ts'
import { heldAt } from './line-end.ts'
import type { LinearKind } from './linear.ts'
import { LinearPointing } from './pointing.ts'

export class LinearIdle implements ToolState<'idle'> {
  readonly id = 'idle'
  readonly cursor = 'crosshair'
  readonly handles = false
  readonly #desk: Desk
  readonly #kind: LinearKind

  constructor(desk: Desk, kind: LinearKind) {
    this.#desk = desk
    this.#kind = kind
  }

  move(pointer: ToolPointer): void {
    const held = heldAt(this.#desk, this.#kind, { pointer, except: [] })
    this.#desk.stage.show({ bindTarget: held?.id ?? null })
  }

  down(pointer: ToolPointer): void {
    this.#desk.tools.go(new LinearPointing(this.#desk, pointer, this.#kind))
  }

  exit(): void {}
}
