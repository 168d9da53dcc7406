/** A board shown by a renderer in the page, and what can be seen of it. Runs in the page. */
import type { Board } from '@kolam/board'
import type { Clock } from '../../../packages/base/src/index.ts'
import { AssetImages, Renderer } from '../../../packages/canvas/src/index.ts'
import { deviceSize } from '../../../packages/canvas/src/view.ts'
import type { View } from '../../../packages/canvas/src/view.ts'

/** What is shown, and how. */
export interface StageOptions {
  readonly board: Board
  readonly view: View
  /** Frames happen when `frame` is called, not by themselves. */
  readonly byHand?: boolean
  /** Each look at the clock takes so many milliseconds: painting stops and goes on again and again. */
  readonly slowMs?: number
  readonly clock?: Clock
}

/** An element of its own with a scene and an overlay in it, at the page's corner. */
export class CanvasStage {
  readonly board: Board
  readonly renderer: Renderer
  readonly root = document.createElement('div')
  readonly scene = document.createElement('div')
  readonly overlay = document.createElement('canvas')
  readonly images = new AssetImages({ url: () => pictureUrl() })
  #view: View
  #nextFrame: (() => void) | null = null

  constructor({ board, view, byHand = false, slowMs = 0, clock }: StageOptions) {
    this.board = board
    this.#view = view
    this.root.style.cssText = 'position:fixed;inset:0;contain:strict'
    this.scene.style.cssText = this.overlay.style.cssText = 'position:absolute;inset:0'
    this.root.append(this.scene, this.overlay)
    document.body.append(this.root)
    let ms = 0
    const { scene, overlay, images } = this
    this.renderer = new Renderer({
      scene,
      overlay,
      board,
      images,
      theme: 'light',
      ...(byHand && { schedule: (run: () => void) => this.#wait(run) }),
      ...(slowMs > 0 && { now: () => (ms += slowMs) }),
      ...(clock && { clock }),
    })
    this.show(view)
  }

  get view(): View {
    return this.#view
  }

  show(view: View): void {
    this.#view = view
    this.renderer.resize(view)
    this.renderer.setCamera(view.camera)
  }

  /** Lets the next frame happen; false if nobody waits for one. */
  frame(): boolean {
    const run = this.#nextFrame
    this.#nextFrame = null
    run?.()
    return run !== null
  }

  /** Everything that is seen is drawn as well as it can be. */
  async idle(): Promise<void> {
    while (!this.renderer.idle) {
      this.frame()
      await animationFrame()
    }
  }

  /** What is seen: every element painted where it is, in device pixels. */
  picture(): ImageData {
    const { w, h } = deviceSize(this.#view)
    const context = new OffscreenCanvas(w, h).getContext('2d', { willReadFrequently: true })!
    paintElement(context, this.root, this.#view.dpr)
    return context.getImageData(0, 0, w, h)
  }

  dispose(): void {
    this.renderer.dispose()
    this.root.remove()
  }

  #wait(run: () => void): () => void {
    this.#nextFrame = run
    return () => (this.#nextFrame = null)
  }
}

/** The browser's next frame, or the one after so many. */
export async function animationFrame(count = 1): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((done) => requestAnimationFrame(done))
}

/** Backgrounds, canvases and what is in them, lower ones first. */
function paintElement(
  context: OffscreenCanvasRenderingContext2D,
  element: Element,
  dpr: number,
): void {
  const { x, y, width, height } = element.getBoundingClientRect()
  const rect = [x, y, width, height].map((length) => Math.round(length * dpr))
  const [left = 0, top = 0, w = 0, h = 0] = rect
  context.fillStyle = getComputedStyle(element).backgroundColor
  context.fillRect(left, top, w, h)
  if (element instanceof HTMLCanvasElement && element.width > 0) {
    context.drawImage(element, left, top, w, h)
  }
  const layer = (child: Element): number => Number(getComputedStyle(child).zIndex) || 0
  const children = [...element.children].toSorted((a, b) => layer(a) - layer(b))
  for (const child of children) paintElement(context, child, dpr)
}

let url = ''

/** A picture with large and small things on it. */
function pictureUrl(): string {
  if (url) return url
  const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 200 })
  const context = canvas.getContext('2d')!
  const sky = context.createLinearGradient(0, 0, 320, 200)
  sky.addColorStop(0, '#1864ab')
  sky.addColorStop(1, '#ffe066')
  context.fillStyle = sky
  context.fillRect(0, 0, 320, 200)
  context.fillStyle = '#2b8a3e'
  for (let i = 0; i < 40; i++) context.fillRect(i * 8, 120 + (i % 5) * 9, 5, 80)
  return (url = canvas.toDataURL())
}
