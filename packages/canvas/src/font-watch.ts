/** Asks the page for the fonts in use and says when one has arrived. */
import { Disposers } from '@kolam/base'
import type { FontName } from '@kolam/board'
import { canvasFont } from './fonts.ts'

/** Follows the fonts of the document; without a document everything is settled. */
export class FontWatch {
  readonly #fonts: FontFaceSet | null
  readonly #onLoaded: () => void
  readonly #onSettled: () => void
  readonly #asked = new Set<FontName>()
  readonly #disposers = new Disposers()
  #loading = 0

  constructor(options: { fonts: FontFaceSet | null; onLoaded(): void; onSettled(): void }) {
    this.#fonts = options.fonts
    this.#onLoaded = () => options.onLoaded()
    this.#onSettled = () => options.onSettled()
    this.#listen()
  }

  /** Whether no font is on its way. */
  get isSettled(): boolean {
    return this.#loading === 0 && this.#fonts?.status !== 'loading'
  }

  /** Text is being drawn in this face. */
  use(font: FontName): void {
    if (!this.#fonts || this.#asked.has(font)) return
    this.#asked.add(font)
    this.#loading++
    void this.#load(this.#fonts, canvasFont({ font, fontSize: 16 }))
  }

  dispose(): void {
    this.#disposers.dispose()
  }

  /** Listeners hear of it here already, or the picture would be called settled in the wrong font. */
  async #load(fonts: FontFaceSet, font: string): Promise<void> {
    const faces = await fonts.load(font).catch(() => [])
    this.#loading--
    if (faces.length > 0) this.#onLoaded()
    this.#onSettled()
  }

  #listen(): void {
    const fonts = this.#fonts
    if (!fonts) return
    const loaded = (): void => {
      this.#onLoaded()
      this.#onSettled()
    }
    fonts.addEventListener('loadingdone', loaded)
    fonts.addEventListener('loadingerror', loaded)
    this.#disposers.add(() => fonts.removeEventListener('loadingdone', loaded))
    this.#disposers.add(() => fonts.removeEventListener('loadingerror', loaded))
  }
}
