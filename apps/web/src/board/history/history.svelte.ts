/** What the open history knows and does: its points, the one that is looked at, names, going back, forgetting. */
import { Disposers } from '@kolam/base'
import { BoardError, type ShapeId } from '@kolam/board'
import type * as Y from 'yjs'
import { HttpError } from '../../lib/http.ts'
import { me } from '../../lib/me.svelte.ts'
import { toasts } from '../../ui/toasts.svelte.ts'
import type { BoardSession } from '../session.svelte.ts'
import { HistoryApi } from './api.ts'
import { bringBack, keepBefore, untilSaved, type Return } from './go-back.ts'
import { Past, type Compare } from './past.svelte.ts'
import { PointList } from './point-list.svelte.ts'
import type { Point } from './points.ts'
import { States } from './states.ts'
import { broughtBackText, cannotOpenText, troubleText, whyNoReturn } from './words.ts'

export class BoardHistory {
  readonly session: BoardSession
  readonly list: PointList
  /** Changes are marked on the board. */
  marked = $state(true)
  #choosing = $state<number | null>(null)
  #busy = $state(false)
  readonly #api: HistoryApi
  readonly #states: States
  readonly #disposers = new Disposers()
  #abort = new AbortController()
  #compare: Compare = 'before'

  constructor(session: BoardSession) {
    this.session = session
    this.#api = new HistoryApi(session.id)
    this.#states = new States(this.#api)
    this.list = new PointList(this.#api, (points) => this.#listed(points))
    this.#disposers.add(() => this.list.stop())
    this.#disposers.add(() => this.#leave())
    this.#disposers.add(() => this.#abort.abort())
    this.#disposers.add(
      session.client.on('state', ({ name }) => {
        if (name !== 'live') return
        void this.list.load()
        if (this.past?.trouble) this.past.retry()
      }),
    )
    void this.list.load()
  }

  /** The version that is on its way, or shown; null is now. */
  get chosen(): number | null {
    return this.#choosing ?? this.past?.point.number ?? null
  }

  /** The version that is being fetched. */
  get choosing(): number | null {
    return this.#choosing
  }

  get past(): Past | null {
    return this.session.past
  }

  /** Something is on its way to the server that changes the board or its history. */
  get busy(): boolean {
    return this.#busy
  }

  /** The server can be asked. */
  get live(): boolean {
    return this.session.connection.state.name === 'live'
  }

  /** Why nothing can be brought back; empty when it can. */
  get whyNoReturn(): string {
    return whyNoReturn({ readOnly: this.session.view.readOnly, live: this.live })
  }

  /** Shows a version; what was shown stays until it has come. */
  async choose(point: Point): Promise<void> {
    if (point.damaged || point.number === this.chosen) return
    this.#abort.abort()
    const { signal } = (this.#abort = new AbortController())
    this.#choosing = point.number
    try {
      const doc = await this.#states.get(point.number, signal)
      if (!signal.aborted) this.#show(point, doc)
    } catch (error) {
      if (!signal.aborted) this.#refused(error)
    } finally {
      if (this.#abort.signal === signal) this.#choosing = null
    }
  }

  /** Back to the board as it is. */
  chooseNow(): void {
    this.#abort.abort()
    this.#choosing = null
    this.#leave()
  }

  compareWith(compare: Compare): void {
    this.#compare = compare
    this.past?.setCompare(compare)
  }

  /** Names the version that is shown, or keeps the board as it is now under that name; true when it is done. */
  async nameThis(name: string): Promise<boolean> {
    const { past } = this
    if (past) return this.rename(past.point.number, name)
    return this.#attempt('The version was not kept.', async () => {
      await untilSaved(this.session.client)
      await this.#api.keep({ kind: 'named', name, author: me.person.name })
    })
  }

  /** Gives a version another name; without one it becomes one of those that made themselves. */
  async rename(number: number, name: string): Promise<boolean> {
    this.list.showName(number, name)
    return this.#attempt('The name was not saved.', () => this.#api.rename(number, name))
  }

  /** Makes the board read as the version that is shown, or only these shapes. */
  async goBack(ids: readonly ShapeId[] | null): Promise<void> {
    const { past } = this
    if (!past || this.#busy || this.whyNoReturn) return
    const isKept = await this.#attempt(
      'Nothing was changed, because the board as it is now could not be kept.',
      async () => {
        await untilSaved(this.session.client)
        await keepBefore(this.#api, me.person.name)
      },
    )
    // Whoever left the version meanwhile has thought better of it.
    if (isKept && this.past === past && !this.whyNoReturn) this.#bringBack(past, ids)
  }

  /** Forgets every version; true when it is done. */
  async forget(): Promise<boolean> {
    const isDone = await this.#attempt('The history was not forgotten.', () => this.#api.forget())
    if (!isDone) return false
    this.#states.clear()
    this.chooseNow()
    toasts.show({ kind: 'news', text: 'The history is forgotten; the board is as it was' })
    return true
  }

  dispose(): void {
    this.#disposers.dispose()
  }

  async #attempt(otherwise: string, work: () => Promise<void>): Promise<boolean> {
    this.#busy = true
    try {
      await work()
      return true
    } catch (error) {
      toasts.show({ kind: 'trouble', text: `${otherwise} ${troubleText(error)}` })
      return false
    } finally {
      this.#busy = false
      void this.list.load()
    }
  }

  #show(point: Point, doc: Y.Doc): void {
    const { session } = this
    const before = session.past
    session.editor.stopEditing()
    session.editor.blur()
    session.editor.pointerLeave()
    session.people.setCursor(null)
    const compare = this.#compare
    session.past = new Past({ session, api: this.#api, states: this.#states, point, doc, compare })
    before?.dispose()
  }

  #leave(): void {
    const { past } = this.session
    this.session.past = null
    past?.dispose()
  }

  #refused(error: unknown): void {
    toasts.show({ kind: 'trouble', text: cannotOpenText(error) })
    if (error instanceof HttpError && error.code === 'not-found') void this.list.load()
  }

  #bringBack(past: Past, ids: readonly ShapeId[] | null): void {
    const { board, editor } = this.session
    try {
      const came = bringBack(board, past.doc, ids)
      this.chooseNow()
      if (ids) editor.select(ids)
      const { now } = this.list
      const text = broughtBackText(ids?.length ?? null, past.point.at, now)
      if (came.changed) this.#offerUndo(text, came)
      else toasts.show({ kind: 'news', text: 'The board reads like that already' })
    } catch (error) {
      const isNewer = error instanceof BoardError && error.code === 'format'
      const why = isNewer ? 'This version was made by a newer Kolam.' : 'It cannot be read here.'
      toasts.show({ kind: 'trouble', text: `Nothing was changed. ${why}` })
    }
  }

  /** For as long as it is the last thing this person did: the undo of a board knows only that. */
  #offerUndo(text: string, { undo }: Return): void {
    const { board } = this.session
    const withdraw = (): void => {
      stop()
      toasts.close(id)
    }
    const run = (): void => {
      withdraw()
      undo()
    }
    const id = toasts.show({ kind: 'news', text, action: { label: 'Undo', run } })
    const stop = board.undo.on('change', withdraw)
  }

  /** The version that is looked at may have got a name, or may be no longer kept. */
  #listed(points: readonly Point[]): void {
    const { past } = this
    if (!past) return
    const point = points.find(({ number }) => number === past.point.number)
    past.gone = point === undefined
    if (point) past.point = point
  }
}
