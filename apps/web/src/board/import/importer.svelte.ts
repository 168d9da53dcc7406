/**
 * Brings files onto the board: drawings of other programs and pictures. Each file is one step to undo;
 * a file that cannot be read changes nothing and is answered with one sentence.
 */
import { FIRST_PAGE, SHAPE_DEFAULTS, type NewShape, type TextMeasurer } from '@kolam/board'
import type { Vec } from '@kolam/geometry'
import { toasts } from '../../ui/toasts.svelte.ts'
import { insertAsOneStep, viewCentre } from './insert.ts'
import type { Opener, Target as OpenerTarget } from './opener.ts'

/** What an importer needs of a session. */
interface Target extends OpenerTarget {
  readonly measurer: TextMeasurer
}

export class Importer {
  /** Files are held over the board. */
  dropping = $state(false)
  /** How many openings are under way. */
  #busy = $state(0)
  readonly #session: Target
  #opener: Opener | null = null
  #isCancelled = false

  constructor(session: Target) {
    this.#session = session
  }

  /** A file is being brought in and is not yet on the board. */
  get busy(): boolean {
    return this.#busy > 0
  }

  /** Opens files one after the other at a page point, by default the middle of the view. */
  async open(files: Iterable<File>, at?: Vec): Promise<void> {
    this.#busy++
    try {
      const opener = await this.#load()
      for (const file of files) await opener?.open(file, at)
    } finally {
      this.#busy--
    }
  }

  /** Puts plain text in the middle of the view, in the style of the next text. */
  writeText(text: string): void {
    const { editor, measurer } = this.#session
    const { stroke, opacity, font, fontSize, textAlign } = editor.style
    const style = { font, fontSize, lineHeight: SHAPE_DEFAULTS.lineHeight }
    const { w, h } = measurer.measure(text, style, null)
    const { x, y } = viewCentre(editor)
    const at = [FIRST_PAGE, x - w / 2, y - h / 2] as const
    const shape: NewShape = { kind: 'text', at, w, h, text, stroke, opacity, textAlign, ...style }
    if (!editor.board.readOnly) editor.select(insertAsOneStep(editor.board, [shape]))
  }

  /** What opens files, fetched ahead so that it is there without a server. */
  async prepare(): Promise<void> {
    const { Opener } = await import('./opener.ts')
    this.#opener ??= new Opener(this.#session)
  }

  cancel(): void {
    this.#isCancelled = true
    this.#opener?.cancel()
  }

  async #load(): Promise<Opener | null> {
    try {
      await this.prepare()
    } catch {
      const text = 'Nothing was opened: what is needed for it could not be loaded.'
      toasts.show({ kind: 'trouble', text })
    }
    return this.#isCancelled ? null : this.#opener
  }
}
