/**
 * The board's place on the page: keeps the two canvases the size of their element, draws what the
 * editor shows, and gives the editor a frame after each input.
 */
import { Disposers, type Disposer } from '@kolam/base'
import { Renderer, type Theme } from '@kolam/canvas'
import { keepCamera } from './camera-memory.ts'
import { listenToKeys } from './input/keyboard.ts'
import { PointerSource } from './input/pointer.ts'
import { listenToWheel } from './input/wheel.ts'
import type { BoardSession } from './session.svelte.ts'

export interface StageElements {
  readonly root: HTMLElement
  readonly scene: HTMLCanvasElement
  readonly overlay: HTMLCanvasElement
}

export interface StageOptions {
  readonly session: BoardSession
  readonly theme: Theme
  /** The page's own keys. */
  readonly firstKeys: (event: KeyboardEvent) => boolean
}

export class Stage {
  readonly #elements: StageElements
  readonly #session: BoardSession
  readonly #firstKeys: (event: KeyboardEvent) => boolean
  readonly #renderer: Renderer
  readonly #disposers = new Disposers()
  #pointer: PointerSource | null = null
  #frame = 0

  constructor(elements: StageElements, { session, theme, firstKeys }: StageOptions) {
    this.#elements = elements
    this.#session = session
    this.#firstKeys = firstKeys
    const { board, images, measurer } = session
    const { scene, overlay } = elements
    this.#renderer = new Renderer({ scene, overlay, board, images, theme, measurer })
  }

  /** Draws and listens until the returned disposer is called. */
  start(): Disposer {
    const { editor, people } = this.#session
    const { overlay: element } = this.#elements
    const moved = (): void => this.#wantFrame()
    this.#pointer = new PointerSource({
      element,
      editor,
      moved: () => {
        people.setCursor(editor.pointer)
        moved()
      },
    })
    this.#disposers.add(() => this.#renderer.dispose())
    this.#followEditor()
    this.#followSize()
    this.#disposers.add(this.#pointer.start())
    this.#disposers.add(keepCamera(this.#session))
    this.#disposers.add(listenToWheel(element, editor))
    this.#disposers.add(listenToKeys({ editor, first: this.#firstKeys, moved }))
    this.#disposers.add(() => cancelAnimationFrame(this.#frame))
    return () => this.#disposers.dispose()
  }

  setTheme(theme: Theme): void {
    this.#renderer.setTheme(theme)
  }

  #followEditor(): void {
    const { editor } = this.#session
    const camera = (): void => this.#renderer.setCamera(editor.camera)
    const overlay = (): void => this.#renderer.setOverlay(editor.overlay)
    camera()
    overlay()
    this.#disposers.add(editor.on('camera', camera))
    this.#disposers.add(editor.on('overlay', overlay))
    this.#session.idle = this.#renderer.idle
    this.#disposers.add(this.#renderer.on('idle', (idle) => (this.#session.idle = idle)))
  }

  #followSize(): void {
    const measure = (): void => {
      const { clientWidth: w, clientHeight: h } = this.#elements.root
      this.#renderer.resize({ w, h, dpr: devicePixelRatio })
      this.#session.editor.setViewport({ w, h })
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
      this.#session.editor.tick()
      if (this.#pointer?.isDown) this.#wantFrame()
    })
  }
}
