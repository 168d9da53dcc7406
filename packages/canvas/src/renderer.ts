/**
 * Keeps two canvases showing a board: the scene below, what is under somebody's hands above.
 *
 * Paints in one animation frame after something changed, never otherwise. Reads the board, never
 * changes it; knows no pointer and no key.
 */
import { Disposers, Emitter } from '@kolam/base'
import type { Disposer } from '@kolam/base'
import { EMPTY_OVERLAY } from '@kolam/board'
import type { Board, BoardChange, Overlay, ShapeId } from '@kolam/board'
import type { Camera } from '@kolam/geometry'
import type { ImageSource } from './asset-images.ts'
import { BoundArrows } from './bound-arrows.ts'
import { Drawables } from './drawables.ts'
import { FontWatch } from './font-watch.ts'
import { FrameLoop, animationFrame } from './frame-loop.ts'
import type { Schedule } from './frame-loop.ts'
import { movingShapes } from './moving.ts'
import { OverlayLayer } from './overlay-layer.ts'
import { Ranks } from './ranks.ts'
import { SceneLayer } from './scene-layer.ts'
import type { LayerJob } from './scene-layer.ts'
import { Scratch } from './scratch.ts'
import { createTextMeasurer } from './text-measurer.ts'
import type { TextLayouter } from './text-measurer.ts'
import type { Theme } from './theme.ts'
import { deviceSize } from './view.ts'
import type { View } from './view.ts'

/** What a renderer needs. */
export interface RendererOptions {
  readonly scene: HTMLCanvasElement
  readonly overlay: HTMLCanvasElement
  readonly board: Board
  readonly images: ImageSource
  readonly theme: Theme
  /** Give the editor's measurer, so that both share its cache; made here otherwise. */
  readonly measurer?: TextLayouter
  /** How the next frame is waited for; the browser's animation frames unless a test says otherwise. */
  readonly schedule?: Schedule
}

/** Draws a board until disposed. */
export class Renderer {
  readonly #canvases: readonly [scene: HTMLCanvasElement, overlay: HTMLCanvasElement]
  readonly #board: Board
  readonly #images: ImageSource
  readonly #measurer: TextLayouter
  readonly #drawables: Drawables
  readonly #scratch = new Scratch()
  readonly #ranks: Ranks
  readonly #boundArrows: BoundArrows
  readonly #scene: SceneLayer
  readonly #overlayLayer: OverlayLayer
  readonly #fonts: FontWatch
  readonly #frames: FrameLoop
  readonly #events = new Emitter<{ idle: [idle: boolean] }>()
  readonly #disposers = new Disposers()
  /** Pictures that were shown as placeholders when last painted. */
  readonly #waiting = new Set<string>()
  #overlay: Overlay = EMPTY_OVERLAY
  #moving: ReadonlySet<ShapeId> = new Set()
  #view: View = { camera: { x: 0, y: 0, zoom: 1 }, w: 0, h: 0, dpr: 1 }
  #theme: Theme
  #dirty = { scene: true, overlay: true }
  #idle = false

  constructor(options: RendererOptions) {
    const { scene, overlay, board, images } = options
    this.#canvases = [scene, overlay]
    this.#board = board
    this.#images = images
    this.#theme = options.theme
    this.#measurer = options.measurer ?? createTextMeasurer()
    this.#drawables = new Drawables(this.#measurer, (font) => this.#fonts.use(font))
    this.#ranks = new Ranks(board)
    this.#boundArrows = new BoundArrows(board)
    this.#scene = new SceneLayer(contextOf(scene, { alpha: false }), board, this.#ranks)
    this.#overlayLayer = new OverlayLayer(contextOf(overlay, { alpha: true }), board, this.#ranks)
    this.#frames = new FrameLoop(options.schedule ?? animationFrame, () => this.#frame())
    this.#fonts = new FontWatch({
      fonts: typeof document === 'undefined' ? null : document.fonts,
      onLoaded: () => this.#onFonts(),
      onSettled: () => this.#updateIdle(),
    })
    this.#listen()
  }

  /** True when nothing is scheduled and every visible picture and font has settled. */
  get idle(): boolean {
    return this.#idle
  }

  on(name: 'idle', listener: (idle: boolean) => void): Disposer {
    return this.#events.on(name, listener)
  }

  /** Size of the canvases in CSS pixels, and device pixels per CSS pixel. */
  resize({ w, h, dpr }: { w: number; h: number; dpr: number }): void {
    const view = this.#view
    if (view.w === w && view.h === h && view.dpr === dpr) return
    this.#view = { ...view, w, h, dpr }
    this.#request({ scene: true, overlay: true })
  }

  setCamera(camera: Camera): void {
    const { x, y, zoom } = this.#view.camera
    if (camera.x === x && camera.y === y && camera.zoom === zoom) return
    this.#view = { ...this.#view, camera }
    this.#request({ scene: true, overlay: true })
  }

  setOverlay(overlay: Overlay): void {
    if (overlay === this.#overlay) return
    if (overlay.drafts !== this.#overlay.drafts) {
      this.#moving = movingShapes(overlay.drafts, { board: this.#board, arrows: this.#boundArrows })
    }
    this.#overlay = overlay
    const { erasing, editing } = overlay
    const isSceneChanged = this.#scene.setState({ hidden: this.#moving, erasing, editing })
    this.#request({ scene: isSceneChanged, overlay: true })
  }

  setTheme(theme: Theme): void {
    if (theme === this.#theme) return
    this.#theme = theme
    this.#request({ scene: true, overlay: true })
  }

  dispose(): void {
    this.#disposers.dispose()
    this.#events.clear()
  }

  #listen(): void {
    this.#disposers.add(() => this.#frames.dispose())
    this.#disposers.add(() => this.#fonts.dispose())
    this.#disposers.add(this.#board.on('change', (change) => this.#onChange(change)))
    this.#disposers.add(this.#images.on('change', (asset) => this.#onImage(asset)))
    this.#request({ scene: true, overlay: true })
  }

  #onChange(change: BoardChange): void {
    this.#ranks.note(change)
    this.#boundArrows.note(change)
    this.#drawables.note(change, this.#board)
    this.#scene.note(change)
    this.#request({ scene: true, overlay: this.#hasOverlay() })
  }

  /** Outlines, drafts' companions and handles follow the board. */
  #hasOverlay(): boolean {
    const { drafts, selected, hovered, bindTarget } = this.#overlay
    return drafts.size > 0 || selected.length > 0 || hovered !== null || bindTarget !== null
  }

  #onImage(asset: string): void {
    this.#waiting.delete(asset)
    const shown = Array.from(this.#board.shapes()).filter((shape) => shape.asset === asset)
    this.#scene.damage(shown.map(({ id }) => this.#board.pageBounds(id)))
    this.#request({ scene: shown.length > 0, overlay: this.#moving.size > 0 })
    this.#updateIdle()
  }

  #onFonts(): void {
    this.#measurer.forget()
    this.#drawables.forget()
    this.#scene.damageAll()
    this.#request({ scene: true, overlay: true })
  }

  #request({ scene, overlay }: { scene: boolean; overlay: boolean }): void {
    if (!scene && !overlay) return
    this.#dirty = { scene: this.#dirty.scene || scene, overlay: this.#dirty.overlay || overlay }
    this.#frames.request()
    this.#updateIdle()
  }

  #frame(): void {
    const { scene, overlay } = this.#dirty
    this.#dirty = { scene: false, overlay: false }
    for (const canvas of this.#canvases) fitCanvas(canvas, this.#view)
    const job = this.#job()
    if (scene) this.#scene.paint(job)
    if (overlay) this.#overlayLayer.paint(job, { overlay: this.#overlay, moving: this.#moving })
    this.#updateIdle()
  }

  #job(): LayerJob {
    return {
      drawables: this.#drawables,
      images: this.#images,
      scratch: this.#scratch,
      theme: this.#theme,
      view: this.#view,
      onWaiting: (asset) => this.#waiting.add(asset),
    }
  }

  #updateIdle(): void {
    const idle = !this.#frames.isPending && this.#waiting.size === 0 && this.#fonts.isSettled
    if (idle === this.#idle) return
    this.#idle = idle
    this.#events.emit('idle', idle)
  }
}

function contextOf(
  canvas: HTMLCanvasElement,
  options: CanvasRenderingContext2DSettings,
): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', options)
  if (!context) throw new Error('This browser gives no 2D canvas to draw on')
  return context
}

/** A canvas loses its picture when its size is set, so only in a frame and only if it differs. */
function fitCanvas(canvas: HTMLCanvasElement, view: View): void {
  const { w, h } = deviceSize(view)
  if (canvas.width === w && canvas.height === h) return
  canvas.width = w
  canvas.height = h
  canvas.style.width = `${view.w}px`
  canvas.style.height = `${view.h}px`
}
