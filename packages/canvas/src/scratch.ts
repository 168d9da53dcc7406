/**
 * A canvas on the side: a translucent shape is painted there in full and put down once, so that its
 * fill does not shine through its own stroke.
 */
import type { CreateContext } from './canvases.ts'

/** Lends out one canvas, which grows as needed. */
export class Scratch {
  readonly #create: CreateContext
  #context: CanvasRenderingContext2D | null = null

  constructor(create: CreateContext) {
    this.#create = create
  }

  /** The memory of all canvases is gone: the next one is a new one. */
  startAnew(): void {
    this.#context = null
  }

  /** An empty context of at least this size, or null where there is none to be had. */
  borrow(w: number, h: number): CanvasRenderingContext2D | null {
    this.#context ??= this.#create({ w, h }, { alpha: true })
    const context = this.#context
    if (!context) return null
    const { canvas } = context
    if (canvas.width < w || canvas.height < h) {
      canvas.width = Math.max(canvas.width, w)
      canvas.height = Math.max(canvas.height, h)
    }
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, w, h)
    return context
  }
}
