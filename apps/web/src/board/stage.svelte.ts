/**
 * A board's place on the page: keeps scene and overlay the size of their element, draws what the
 * editor shows, and gives the editor a frame after each input.
 */
import { Disposers, type Disposer } from '@kolam/base'
import type { Board } from '@kolam/board'
import {
  Renderer,
  type FrameStats,
  type ImageSource,
  type TextLayouter,
  type Theme,
} from '@kolam/canvas'
import type { Editor } from '@kolam/editor'
import { listenToKeys } from './input/keyboard.ts'
import { PointerSource } from './input/pointer.ts'
import { listenToWheel } from './input/wheel.ts'

export interface StageElements {
  readonly root: HTMLElement
  readonly scene: HTMLElement
  readonly overlay: HTMLCanvasElement
}

/** What is shown: a board through its editor. */
export interface StageSubject {
  readonly board: Board
  readonly editor: Editor
  readonly images: ImageSource
  readonly measurer: TextLayouter
}

export interface StageOptions {
  readonly subject: StageSubject
  readonly theme: Theme
  /** The page's own keys. */
  readonly firstKeys: (event: KeyboardEvent) => boolean
  /** After every input of a pointer. */
  readonly onpointer?: () => void
  /** Everything visible is drawn at full quality, or not yet. */
  readonly onidle?: (idle: boolean) => void
}

export class Stage {
  readonly #elements: StageElements
  readonly #options: StageOptions
  readonly #editor: Editor
  readonly #renderer: Renderer
  readonly #disposers = new Disposers()
  #pointer: PointerSource | null = null
  #frame = 0
  #awake = true

  constructor(elements: StageElements, options: StageOptions) {
    this.#elements = elements
    this.#options = options
    const { board, editor, images, measurer } = options.subject
    const { scene, overlay } = elements
    const { theme } = options
    this.#editor = editor
    this.#renderer = new Renderer({ scene, overlay, board, images, theme, measurer })
  }

  /** Draws and listens until the returned disposer is called. */
  start(): Disposer {
    const editor = this.#editor
    const { firstKeys: first, onpointer } = this.#options
    const { overlay: element } = this.#elements
    const moved = (): void => this.#wantFrame()
    this.#pointer = new PointerSource({
      element,
      editor,
      moved: () => {
        onpointer?.()
        moved()
      },
    })
    this.#disposers.add(() => this.#renderer.dispose())
    this.#followEditor()
    this.#followSize()
    this.#disposers.add(this.#pointer.start())
    this.#disposers.add(listenToWheel(element, editor))
    this.#disposers.add(listenToKeys({ editor, first, moved, isAwake: () => this.#awake }))
    this.#disposers.add(() => cancelAnimationFrame(this.#frame))
    return () => this.#disposers.dispose()
  }

  setTheme(theme: Theme): void {
    this.#renderer.setTheme(theme)
  }

  /** Asleep, under another stage, it hears no key and does not follow the camera. */
  setAwake(awake: boolean): void {
    this.#awake = awake
    if (awake) this.#renderer.setCamera(this.#editor.camera)
  }

  /** Tells of every frame that was painted, until the returned disposer is called. */
  onFrame(listener: (stats: FrameStats) => void): Disposer {
    return this.#renderer.on('frame', listener)
  }

  #followEditor(): void {
    const editor = this.#editor
    const { onidle } = this.#options
    const camera = (): void => {
      if (this.#awake) this.#renderer.setCamera(editor.camera)
    }
    const overlay = (): void => this.#renderer.setOverlay(editor.overlay)
    camera()
    overlay()
    this.#disposers.add(editor.on('camera', camera))
    this.#disposers.add(editor.on('overlay', overlay))
    onidle?.(this.#renderer.idle)
    this.#disposers.add(this.#renderer.on('idle', (idle) => onidle?.(idle)))
  }

  #followSize(): void {
    const measure = (): void => {
      const { clientWidth: w, clientHeight: h } = this.#elements.root
      this.#renderer.resize({ w, h, dpr: devicePixelRatio })
      this.#editor.setViewport({ w, h })
    }
    const observer = new ResizeObserver(measure)
    observer.observe(this.#elements.root)
    // A change of the pixel ratio (another screen, the browser's zoom) resizes the window too.
    addEventListener('resize', measure)
    measure()
    this.#disposers.add(() => observer.disconnect())
    this.#disposers.add(() => removeEventListener('resize', measure))
  }

  /** A frame for the editor after each input, and every frame while something is pressed. */
  #wantFrame(): void {
    if (this.#frame !== 0) return
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0
      this.#editor.tick()
      if (this.#pointer?.isDown) this.#wantFrame()
    })
  }
}
