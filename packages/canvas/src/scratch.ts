/**
 * A canvas on the side: a translucent shape is painted there in full and put down once, so that its
 * fill does not shine through its own stroke.
 */

/** Lends out one canvas, which grows as needed. */
export class Scratch {
  readonly #create: () => HTMLCanvasElement | null
  #canvas: HTMLCanvasElement | null = null
  #context: CanvasRenderingContext2D | null = null

  constructor(create: () => HTMLCanvasElement | null = createCanvas) {
    this.#create = create
  }

  /** An empty context of at least this size, or null where there is none to be had. */
  borrow(w: number, h: number): CanvasRenderingContext2D | null {
    this.#canvas ??= this.#create()
    this.#context ??= this.#canvas?.getContext('2d') ?? null
    const [canvas, context] = [this.#canvas, this.#context]
    if (!canvas || !context) return null
    if (canvas.width < w || canvas.height < h) {
      canvas.width = Math.max(canvas.width, w)
      canvas.height = Math.max(canvas.height, h)
    }
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, w, h)
    return context
  }
}

function createCanvas(): HTMLCanvasElement | null {
  return typeof document === 'undefined' ? null : document.createElement('canvas')
}
