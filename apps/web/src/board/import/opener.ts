/**
 * Opens one file after the other on the board: drawings of other programs and pictures. Fetched when the
 * first file comes.
 */
import { FIRST_PAGE, type NewShape } from '@kolam/board'
import type { Editor } from '@kolam/editor'
import type { ImportedScene } from '@kolam/formats'
import { boxCentre, type Vec } from '@kolam/geometry'
import { HttpError } from '../../lib/http.ts'
import { toasts } from '../../ui/toasts.svelte.ts'
import { uploadAssets } from './assets.ts'
import { insertAsOneStep, viewCentre } from './insert.ts'
import { readPicture } from './picture.ts'

/** A drawing larger than this would be more than a server takes. */
const FILE_BYTES_MAX = 64 * 1024 * 1024
/** Larger imports are not selected afterwards: the outlines would hide the drawing. */
const SELECT_MAX = 500

/** What an opener needs of a session. */
export interface Target {
  readonly editor: Editor
  readonly connection: { readonly opened: boolean }
}

export class Opener {
  readonly #session: Target
  #abort: AbortController | null = null
  #toast: number | undefined

  constructor(session: Target) {
    this.#session = session
  }

  cancel(): void {
    this.#abort?.abort()
  }

  /** Opens a file with its middle at a page point, by default that of the view. Tells what came of it. */
  async open(file: File, at: Vec | undefined): Promise<void> {
    const abort = new AbortController()
    this.#abort = abort
    try {
      if (file.type.startsWith('image/')) await this.#openPicture(file, { at, abort })
      else await this.#openDrawing(file, { at, abort })
    } catch (error) {
      this.#failed(file.name, error, abort.signal)
    }
  }

  async #openDrawing(file: File, { at, abort }: Opening): Promise<void> {
    if (file.size > FILE_BYTES_MAX) return this.#refuse(`“${file.name}” is too large to open.`)
    const [formats, text] = await Promise.all([import('@kolam/formats'), file.text()])
    const read = formats.readExcalidraw(text)
    if (!read.ok) return this.#refuse(`“${file.name}” was not opened: ${read.message}`)
    const stored = await this.#upload(read.scene, abort)
    abort.signal.throwIfAborted()
    const shapes = formats.withAssets(read.scene, stored)
    const { editor, connection } = this.#session
    const fresh = editor.board.size === 0 && connection.opened && at === undefined
    const { x, y } = fresh ? { x: 0, y: 0 } : this.#shift(read.scene, at)
    this.#insert(formats.moveScene(shapes, x, y), { select: !fresh })
    if (fresh) editor.zoomToFit()
    this.#say(formats.summaryText(read.scene.summary), missing(read.scene, stored))
  }

  async #openPicture(file: File, { at, abort }: Opening): Promise<void> {
    const { editor } = this.#session
    const picture = await readPicture(file, { viewport: editor.viewport, signal: abort.signal })
    const zoom = editor.camera.zoom
    const [w, h] = [picture.w / zoom, picture.h / zoom]
    const centre = at ?? viewCentre(this.#session.editor)
    const place = [FIRST_PAGE, centre.x - w / 2, centre.y - h / 2] as const
    this.#insert([{ kind: 'image', asset: picture.asset, at: place, w, h }], { select: true })
  }

  async #upload(
    scene: ImportedScene,
    abort: AbortController,
  ): Promise<ReadonlyMap<string, string>> {
    const total = scene.assets.length
    const progress = (done: number): void => {
      this.#toast = toasts.show(
        {
          kind: 'progress',
          text: `Storing pictures: ${done} of ${total}`,
          action: { label: 'Cancel', run: () => abort.abort() },
        },
        this.#toast,
      )
    }
    if (total > 0) progress(0)
    try {
      return await uploadAssets(scene.assets, { signal: abort.signal, progress })
    } finally {
      if (this.#toast !== undefined) toasts.close(this.#toast)
      this.#toast = undefined
    }
  }

  #insert(shapes: readonly NewShape[], { select }: { select: boolean }): void {
    const { board } = this.#session.editor
    if (board.readOnly) return this.#refuse('This board cannot be changed here.')
    const roots = insertAsOneStep(board, shapes)
    this.#session.editor.select(select && roots.length <= SELECT_MAX ? roots : [])
  }

  #shift({ bounds }: ImportedScene, at: Vec | undefined): Vec {
    const [to, from] = [at ?? viewCentre(this.#session.editor), boxCentre(bounds)]
    return { x: to.x - from.x, y: to.y - from.y }
  }

  #say(summary: string, lost: number): void {
    const pictures = lost === 1 ? '1 picture was' : `${lost} pictures were`
    const tail = lost > 0 ? `; ${pictures} not stored` : ''
    toasts.show({ kind: 'news', text: summary + tail })
  }

  #refuse(text: string): void {
    toasts.show({ kind: 'trouble', text })
  }

  #failed(name: string, error: unknown, signal: AbortSignal): void {
    if (signal.aborted)
      return void toasts.show({ kind: 'news', text: `Opening “${name}” was cancelled` })
    const why = error instanceof HttpError ? error.message : 'It could not be read.'
    this.#refuse(`“${name}” was not opened: ${why}`)
  }
}

interface Opening {
  readonly at: Vec | undefined
  readonly abort: AbortController
}

/** How many of the pictures the drawing shows were not stored. */
function missing({ assets }: ImportedScene, stored: ReadonlyMap<string, string>): number {
  return assets.filter(({ key }) => !stored.has(key)).length
}
