/**
 * Keeps a board shown: the scene below, put together from tiles; what is under somebody's hands above.
 *
 * Paints in one animation frame after something changed, never otherwise. Reads the board, never
 * changes it; knows no pointer and no key.
 */
import { Disposers, Emitter } from '@kolam/base'
import type { Clock, Disposer } from '@kolam/base'
import { EMPTY_OVERLAY } from '@kolam/board'
import type { Board, BoardChange, Overlay, ShapeId } from '@kolam/board'
import type { Camera } from '@kolam/geometry'
import type { ImageSource } from './asset-images.ts'
import { CarriedLayer } from './carried-layer.ts'
import { createContext } from './canvases.ts'
import type { CreateContext } from './canvases.ts'
import { Drawables } from './drawables.ts'
import { FontWatch } from './font-watch.ts'
import type { FrameStats } from './frame-stats.ts'
import { FrameLoop, animationFrame } from './frame-loop.ts'
import type { Schedule } from './frame-loop.ts'
import { LiveInk } from './live-ink.ts'
import { sheetsOver } from './live-ink-surface.ts'
import type { MakeSheet } from './live-ink-surface.ts'
import { LiveShapes } from './live-shapes.ts'
import { isBareOverlay, OverlayLayer } from './overlay-layer.ts'
import { Ranks } from './ranks.ts'
import { SceneLayer } from './scene-layer.ts'
import type { LayerJob } from './scene-layer.ts'
import { Scratch } from './scratch.ts'
import type { Sketch } from './sketch.ts'
import { SketchWatch } from './sketch-watch.ts'
import type { LoadSketch } from './sketch-watch.ts'
import { DomSurface } from './tiles/dom-surface.ts'
import type { Deadline } from './tiles/painter.ts'
import type { Surface } from './tiles/surface.ts'
import { textMeasurer } from './text-measurer.ts'
import type { TextLayouter } from './text-measurer.ts'
import type { Theme } from './theme.ts'
import { deviceSize } from './view.ts'
import type { View } from './view.ts'

/** What a renderer needs. */
export interface RendererOptions {
  /** Where tiles are put. */
  readonly scene: HTMLElement
  readonly overlay: HTMLCanvasElement
  readonly board: Board
  readonly images: ImageSource
  readonly theme: Theme
  /** Give the editor's measurer, so that both share its cache; made here otherwise. */
  readonly measurer?: TextLayouter
  /** How the next frame is waited for; the browser's animation frames unless a test says otherwise. */
  readonly schedule?: Schedule
  /** How long things take, in milliseconds; the browser's own measure unless a test says otherwise. */
  readonly now?: () => number
  /** For what comes to rest after a while. */
  readonly clock?: Clock
  /** What shows the scene and, above it, what is carried; in the element `scene` unless a test says otherwise. */
  readonly surfaces?: readonly [scene: Surface, carried: Surface]
  /** What strokes grow on; canvases over `overlay` unless a test says otherwise. */
  readonly sheets?: MakeSheet
  /** Canvases on no page; the browser's own unless a test says otherwise. */
  readonly create?: CreateContext
  /** The means to draw by hand; loaded on demand unless a test says otherwise. */
  readonly sketch?: LoadSketch
}

/** Milliseconds of a frame that the scene may be painted for: while things move, at rest, and at first. */
const MOVING_MS = 4
const RESTING_MS = 12
const FIRST_MS = 24

/** What a renderer tells. */
export interface RendererEvents extends Record<string, readonly unknown[]> {
  idle: [idle: boolean]
  frame: [stats: FrameStats]
}

/** Draws a board until disposed. */
export class Renderer {
  readonly #overlayCanvas: HTMLCanvasElement
  readonly #surfaces: readonly Surface[]
  readonly #board: Board
  readonly #images: ImageSource
  readonly #measurer: TextLayouter
  readonly #drawables: Drawables
  readonly #sketch: SketchWatch
  readonly #scratch: Scratch
  readonly #ranks: Ranks
  readonly #live: LiveShapes
  readonly #now: () => number
  readonly #scene: SceneLayer
  readonly #carried: CarriedLayer
  readonly #overlayLayer: OverlayLayer
  readonly #liveInk: LiveInk
  readonly #fonts: FontWatch
  readonly #frames: FrameLoop
  readonly #events = new Emitter<RendererEvents>()
  readonly #disposers = new Disposers()
  /** Pictures that were shown as placeholders when last painted. */
  readonly #waiting = new Set<string>()
  #overlay: Overlay = EMPTY_OVERLAY
  #view: View = { camera: { x: 0, y: 0, zoom: 1 }, w: 0, h: 0, dpr: 1 }
  #theme: Theme
  #dirty = { scene: true, overlay: true }
  #hasCameraMoved = false
  #hasBoardChanged = false
  #isFirst = true
  #isBare = false
  #idle = false

  constructor(options: RendererOptions) {
    const { scene, overlay, board, images } = options
    this.#overlayCanvas = overlay
    const { surfaces = [new DomSurface(scene), new DomSurface(scene)] } = options
    this.#surfaces = surfaces
    this.#board = board
    this.#images = images
    this.#theme = options.theme
    this.#measurer = options.measurer ?? textMeasurer()
    this.#sketch = new SketchWatch((sketch) => this.#onSketch(sketch), options.sketch)
    this.#drawables = new Drawables({
      measurer: this.#measurer,
      onFont: (font) => this.#fonts.use(font),
      sketch: () => this.#sketch.get(),
    })
    const create = options.create ?? createContext
    this.#now = options.now ?? (() => performance.now())
    this.#scratch = new Scratch(create)
    this.#ranks = new Ranks(board)
    this.#live = new LiveShapes({ ...options, onRest: () => this.#onRest() })
    const parts = { board, ranks: this.#ranks, create }
    this.#scene = new SceneLayer({ ...parts, surface: surfaces[0] })
    this.#carried = new CarriedLayer({ ...parts, surface: surfaces[1] })
    this.#liveInk = new LiveInk(options.sheets ?? sheetsOver(overlay))
    const context = contextOf(overlay, { alpha: true })
    this.#overlayLayer = new OverlayLayer({ ...parts, context, liveInk: this.#liveInk })
    this.#frames = new FrameLoop(options.schedule ?? animationFrame, () => this.#frame())
    this.#fonts = new FontWatch({
      fonts: typeof document === 'undefined' ? null : document.fonts,
      onLoaded: () => this.#onFonts(),
      onSettled: () => this.#updateIdle(),
    })
    this.#listen()
  }

  /** True when everything visible is drawn as well as it can be, and every picture and font has settled. */
  get idle(): boolean {
    return this.#idle
  }

  /** `frame` is told after each frame that was painted; an idle board has none. */
  on<Name extends keyof RendererEvents>(
    name: Name,
    listener: (...args: RendererEvents[Name]) => void,
  ): Disposer {
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
    this.#hasCameraMoved = true
    this.#request({ scene: true, overlay: true })
  }

  setOverlay(overlay: Overlay): void {
    if (overlay === this.#overlay) return
    this.#overlay = overlay
    this.#live.setDrafts(overlay.drafts, overlay.carried?.start ?? null)
    this.#carried.follow(overlay)
    this.#request({ scene: this.#setSceneState(), overlay: true })
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
    this.#disposers.add(() => this.#live.dispose())
    this.#disposers.add(() => this.#liveInk.dispose())
    for (const surface of this.#surfaces) this.#disposers.add(() => surface.dispose())
    this.#disposers.add(onRestored(this.#overlayCanvas, () => this.#onRestored()))
    this.#disposers.add(this.#board.on('change', (change) => this.#onChange(change)))
    this.#disposers.add(this.#images.on('change', (asset) => this.#onImage(asset)))
    this.#request({ scene: true, overlay: true })
  }

  #onChange(change: BoardChange): void {
    this.#ranks.note(change)
    this.#hasBoardChanged = true
    this.#live.note(change)
    this.#carried.note(change)
    this.#drawables.note(change, this.#board)
    this.#setSceneState()
    this.#scene.note(change)
    this.#request({ scene: true, overlay: this.#hasOverlay() })
  }

  /** Tells the scene what it leaves out; true if anything must be painted for that. */
  #setSceneState(): boolean {
    const { erasing, editing } = this.#overlay
    return this.#scene.setState({ hidden: this.#hidden(), erasing, editing })
  }

  /** What is on the move, but for what is picked up and cannot be shown yet: the scene shows where it was. */
  #hidden(): ReadonlySet<ShapeId> {
    return this.#carried.isReady ? this.#live.ids : without(this.#live.ids, this.#carried.ids)
  }

  #onRest(): void {
    this.#setSceneState()
    this.#request({ scene: true, overlay: true })
  }

  /** The browser took the canvases' memory away and gave it back empty. */
  #onRestored(): void {
    this.#scene.startAnew()
    this.#carried.startAnew()
    this.#scratch.startAnew()
    this.#request({ scene: true, overlay: true })
  }

  /** Outlines, drafts' companions and handles follow the board. */
  #hasOverlay(): boolean {
    const { selected, hovered, bindTarget } = this.#overlay
    return (
      this.#live.shown.size > 0 || selected.length > 0 || hovered !== null || bindTarget !== null
    )
  }

  #onImage(asset: string): void {
    this.#waiting.delete(asset)
    const shown = Array.from(this.#board.shapes()).filter((shape) => shape.asset === asset)
    this.#scene.damage(shown.map(({ id }) => this.#board.pageBounds(id)))
    this.#request({ scene: shown.length > 0, overlay: this.#live.shown.size > 0 })
    this.#updateIdle()
  }

  /** Shapes that stood there clean are drawn by hand from now on. */
  #onSketch(sketch: Sketch | null): void {
    if (sketch) {
      this.#drawables.forget()
      this.#scene.damageAll()
      this.#carried.noteAll()
      this.#request({ scene: true, overlay: true })
    }
    this.#updateIdle()
  }

  #onFonts(): void {
    this.#measurer.forget()
    this.#drawables.forget()
    this.#scene.damageAll()
    this.#carried.noteAll()
    this.#request({ scene: true, overlay: true })
  }

  #request({ scene, overlay }: { scene: boolean; overlay: boolean }): void {
    if (!scene && !overlay) return
    this.#dirty = { scene: this.#dirty.scene || scene, overlay: this.#dirty.overlay || overlay }
    this.#frames.request()
    this.#updateIdle()
  }

  #frame(): void {
    const [atMs, before] = [this.#now(), this.#scene.tiles.painted]
    const sceneMs = this.#paintFrame()
    const overlayMs = this.#now() - atMs - sceneMs
    const { size: tiles, bytes: tileBytes, painted } = this.#scene.tiles
    const { isComplete } = this.#scene
    const live = this.#live.shown.size
    const stats = { atMs, sceneMs, overlayMs, painted: painted - before, live, tiles, tileBytes }
    this.#events.emit('frame', { ...stats, isComplete })
  }

  /** Gives how long the scene took, in milliseconds. */
  #paintFrame(): number {
    const begun = this.#now()
    const { scene, overlay } = this.#dirty
    this.#dirty = { scene: false, overlay: false }
    fitCanvas(this.#overlayCanvas, this.#view)
    const job = this.#job()
    const [isQuiet, isMoving] = [!this.#hasBoardChanged, this.#hasCameraMoved]
    const deadline = this.#deadline()
    const wasReady = this.#carried.isReady
    this.#carried.paint(job, deadline)
    if (this.#carried.isReady !== wasReady) this.#request({ scene: this.#setSceneState(), overlay })
    if (scene || this.#scene.hasMore) this.#scene.paint(job, { deadline, isQuiet, isMoving })
    const sceneMs = this.#now() - begun
    const hasArrived = this.#scene.isComplete && this.#live.arrive()
    if (hasArrived && this.#overlay.drafts.size === 0) this.#carried.hide()
    if (overlay || hasArrived) this.#paintOverlay(job)
    if (this.#scene.hasMore || this.#carried.hasMore) this.#frames.request()
    this.#updateIdle()
    return sceneMs
  }

  /** Most of the time there is nothing in anybody's hands, and nothing to wipe either. */
  #paintOverlay(job: LayerJob): void {
    // What is picked up is shown by its own layer or still by the scene; unless neither has it yet.
    const isElsewhere = this.#carried.isReady || this.#scene.isComplete
    const live = this.#live.shown
    const moving = isElsewhere ? without(live, this.#carried.ids) : live
    const state = { overlay: this.#overlay, moving }
    const isBare = isBareOverlay(state)
    const hasMore = (!isBare || !this.#isBare) && this.#overlayLayer.paint(job, state)
    this.#isBare = isBare && !hasMore
    if (hasMore) this.#request({ scene: false, overlay: true })
  }

  /** When the scene has to stop for this frame, so that hands are not kept waiting. */
  #deadline(): Deadline {
    const isMoving = this.#hasCameraMoved || this.#overlay.drafts.size > 0
    const ms = this.#isFirst ? FIRST_MS : isMoving ? MOVING_MS : RESTING_MS
    this.#hasCameraMoved = this.#isFirst = this.#hasBoardChanged = false
    return { now: this.#now, atMs: this.#now() + ms }
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
    const { scene, overlay } = this.#dirty
    const isShown = this.#scene.isSharp && this.#live.isSettled && !this.#carried.hasMore
    const isDrawn = !scene && !overlay && isShown
    const isLoaded = this.#waiting.size === 0 && this.#fonts.isSettled && this.#sketch.isSettled
    const idle = isDrawn && isLoaded
    if (idle === this.#idle) return
    this.#idle = idle
    this.#events.emit('idle', idle)
  }
}

function without(ids: ReadonlySet<ShapeId>, others: ReadonlySet<ShapeId>): ReadonlySet<ShapeId> {
  return others.size > 0 ? new Set([...ids].filter((id) => !others.has(id))) : ids
}

function contextOf(
  canvas: HTMLCanvasElement,
  options: CanvasRenderingContext2DSettings,
): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', options)
  if (!context) throw new Error('This browser gives no 2D canvas to draw on')
  return context
}

function onRestored(canvas: HTMLCanvasElement, run: () => void): Disposer {
  canvas.addEventListener('contextrestored', run)
  return () => canvas.removeEventListener('contextrestored', run)
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
