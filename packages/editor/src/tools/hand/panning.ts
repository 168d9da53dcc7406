/** The hand holds the page: what was under it stays under it. Cancel puts the view back. */
import type { Camera, Vec } from '@kolam/geometry'
import type { Desk } from '../../desk.ts'
import type { Exit, ToolPointer, ToolState } from '../tool.ts'

export class Panning implements ToolState<'panning'> {
  readonly id = 'panning'
  readonly cursor = 'grabbing'
  readonly handles = false
  readonly #desk: Desk
  readonly #before: Camera
  #last: Vec

  constructor(desk: Desk, pointer: ToolPointer) {
    this.#desk = desk
    this.#before = desk.camera.current
    this.#last = pointer.screen
  }

  move({ screen }: ToolPointer): void {
    this.#desk.camera.panBy(screen.x - this.#last.x, screen.y - this.#last.y)
    this.#last = screen
  }

  up(): void {
    this.#desk.tools.leave('complete')
  }

  exit(how: Exit): void {
    if (how === 'cancel') this.#desk.camera.set(this.#before)
  }
}
