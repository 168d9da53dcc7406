/**
 * The board at a point of its history, to be looked at: a board that nobody writes to, with an editor of
 * its own for looking around and choosing, and what happened before or since.
 */
import { Disposers, systemClock, systemRandom } from '@kolam/base'
import { Board, type ShapeId } from '@kolam/board'
import { Editor } from '@kolam/editor'
import type { Box } from '@kolam/geometry'
import type * as Y from 'yjs'
import type { BoardSession } from '../session.svelte.ts'
import { EditorView } from '../view.svelte.ts'
import type { HistoryApi } from './api.ts'
import { boundsIn, marksOf, type Mark } from './marks.ts'
import type { News, Point } from './points.ts'
import type { States } from './states.ts'
import { troubleText } from './words.ts'

/** With what a version is compared: what was before it, or the board now. */
export type Compare = 'before' | 'now'

export interface PastOptions {
  readonly session: BoardSession
  readonly api: Pick<HistoryApi, 'news'>
  readonly states: Pick<States, 'get'>
  readonly point: Point
  readonly doc: Y.Doc
  readonly compare: Compare
}

export class Past {
  readonly doc: Y.Doc
  readonly board: Board
  readonly editor: Editor
  readonly view: EditorView
  /** As the list has it now: its name may change while it is looked at. */
  point: Point = $state.raw() as Point
  /** The server has thinned it out meanwhile. */
  gone = $state(false)
  /** The shape a person points at in the list of changes. */
  pointed = $state<ShapeId | null>(null)
  #compare = $state<Compare>('before')
  #news = $state.raw<News | null>(null)
  #trouble = $state('')
  #marks = $state.raw<readonly Mark[]>([])
  readonly #options: PastOptions
  readonly #disposers = new Disposers()
  #other: Board | null = null
  #abort = new AbortController()

  constructor(options: PastOptions) {
    const { session, doc, point, compare } = options
    this.#options = options
    this.doc = doc
    this.point = point
    this.#compare = compare
    this.board = new Board(doc)
    this.board.setReadOnly(true)
    this.editor = new Editor({
      board: this.board,
      clock: systemClock,
      random: systemRandom,
      measurer: session.measurer,
    })
    this.view = new EditorView(this.editor)
    this.#disposers.add(() => this.board.dispose())
    this.#disposers.add(() => this.editor.dispose())
    this.#disposers.add(() => this.#other?.dispose())
    this.#disposers.add(() => this.#abort.abort())
    this.#followCamera(session.front)
    void this.#loadNews()
  }

  get compare(): Compare {
    return this.#compare
  }

  /** Null until the server has told. */
  get news(): News | null {
    return this.#news
  }

  /** Why the changes are not told; empty when they are, or will be. */
  get trouble(): string {
    return this.#trouble
  }

  get marks(): readonly Mark[] {
    return this.#marks
  }

  setCompare(compare: Compare): void {
    if (compare === this.#compare) return
    this.#compare = compare
    void this.#loadNews()
  }

  retry(): void {
    void this.#loadNews()
  }

  /** Where a shape is or was. */
  boundsOf(id: ShapeId): Box | null {
    return boundsIn([this.board, this.#other, this.#options.session.board], id)
  }

  dispose(): void {
    this.#disposers.dispose()
  }

  /** One camera for now and then: the board keeps its place, and every control of the zoom works. */
  #followCamera(front: Editor): void {
    const { editor: live } = this.#options.session
    this.editor.setViewport(front.viewport)
    this.editor.setCamera(front.camera)
    this.#disposers.add(this.editor.on('camera', () => live.setCamera(this.editor.camera)))
    this.#disposers.add(live.on('camera', () => this.editor.setCamera(live.camera)))
  }

  async #loadNews(): Promise<void> {
    this.#abort.abort()
    const { signal } = (this.#abort = new AbortController())
    this.#news = null
    this.#trouble = ''
    this.#marks = []
    this.pointed = null
    try {
      const news = await this.#fetchNews(signal)
      await this.#takeOther(news, signal)
      signal.throwIfAborted()
      this.#news = news
      this.#marks = marksOf(news, this.#moments())
    } catch (error) {
      if (!signal.aborted) this.#trouble = troubleText(error)
    }
  }

  #fetchNews(signal: AbortSignal): Promise<News> {
    const { api, point } = this.#options
    if (this.#compare === 'now') return api.news('now', point.number, signal)
    return api.news(point.number, null, signal)
  }

  /** What was removed can be shown only where it still was; without that it is in the list alone. */
  async #takeOther(news: News, signal: AbortSignal): Promise<void> {
    this.#other?.dispose()
    this.#other = null
    if (this.#compare === 'now' || news.removed.length === 0 || news.from === 0) return
    const doc = await this.#options.states.get(news.from, signal).catch(() => null)
    if (!doc || signal.aborted) return
    this.#other = new Board(doc)
    this.#other.setReadOnly(true)
  }

  #moments() {
    const { board: shown } = this
    const { board: live } = this.#options.session
    if (this.#compare === 'now') return { before: shown, after: live, shown }
    return { before: this.#other, after: shown, shown }
  }
}
