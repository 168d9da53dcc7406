/**
 * One open board in one tab: the document, its connection, the editor over it and the people on it.
 *
 * Owns what lives as long as the page shows the board. Knows no canvas: `Stage` draws, `input/` listens.
 */
import { Disposers, systemClock, systemRandom } from '@kolam/base'
import { Board } from '@kolam/board'
import { AssetImages, textMeasurer, type TextLayouter } from '@kolam/canvas'
import type { Client } from '@kolam/client'
import { connectBrowser } from '@kolam/client/browser'
import { openBestSockets } from '@kolam/client/browser/http'
import { OtherTabs } from '@kolam/client/browser/tabs'
import { OfflineCopy } from '@kolam/client/offline'
import { Editor } from '@kolam/editor'
import { visibleBox, type Box, type Camera } from '@kolam/geometry'
import * as Y from 'yjs'
import { me } from '../lib/me.svelte.ts'
import { offlineBoards, writeLabel } from '../lib/offline-boards.ts'
import { ConnectionView } from './connection.svelte.ts'
import type { Past } from './history/past.svelte.ts'
import { Importer } from './import/importer.svelte.ts'
import { PageKeys } from './keys.svelte.ts'
import { inNextTurn, LoadingView } from './loading.svelte.ts'
import { Keeping } from './offline/keeping.svelte.ts'
import { PeopleState } from './presence/people.svelte.ts'
import { EditorView } from './view.svelte.ts'

export class BoardSession {
  readonly id: string
  readonly board: Board
  readonly client: Client
  readonly keeping: Keeping
  readonly editor: Editor
  readonly measurer: TextLayouter
  readonly images: AssetImages
  readonly view: EditorView
  readonly connection: ConnectionView
  readonly people: PeopleState
  readonly importer: Importer
  readonly loading: LoadingView
  readonly keys = new PageKeys()
  #drawn = $state(false)
  /** The version that is looked at instead of the board as it is. */
  past = $state.raw<Past | null>(null)
  readonly #disposers = new Disposers()
  /** The camera before anybody put it anywhere. */
  readonly #first: Camera

  constructor(id: string) {
    this.id = id
    const doc = new Y.Doc()
    this.board = new Board(doc, {
      slices: { clock: performance, schedule: inNextTurn, near: () => this.#near() },
    })
    this.loading = new LoadingView(this.board)
    const about = () => writeLabel({ title: this.board.title, shapes: this.#size })
    const kept = { store: offlineBoards, document: id, about, clock: systemClock }
    const { client, company, dispose } = connectBrowser({
      url: syncUrl(id),
      doc,
      sockets: openBestSockets(),
      company: (client) => ({
        copy: new OfflineCopy({ ...kept, client }),
        tabs: new OtherTabs({ document: id, client }),
      }),
    })
    this.client = client
    this.keeping = new Keeping({ board: this.board, client, copy: company.copy })
    this.measurer = textMeasurer()
    this.images = new AssetImages({ url: (asset) => `/assets/${asset}` })
    this.editor = new Editor({
      board: this.board,
      clock: systemClock,
      random: systemRandom,
      measurer: this.measurer,
    })
    this.#first = this.editor.camera
    this.view = new EditorView(this.editor)
    this.people = new PeopleState({ awareness: client.awareness, editor: this.editor, me })
    this.importer = new Importer(this)
    this.connection = new ConnectionView(client, { importer: this.importer, keeping: this.keeping })
    this.#disposers.add(() => doc.destroy())
    this.#disposers.add(() => this.board.dispose())
    this.#disposers.add(dispose)
    this.#disposers.add(this.loading.start())
    this.#disposers.add(() => this.keeping.dispose())
    this.#disposers.add(() => this.editor.dispose())
    this.#disposers.add(() => this.people.dispose())
    this.#disposers.add(() => this.importer.cancel())
  }

  /** All shapes are here, and everything visible is drawn at full quality. */
  get idle(): boolean {
    return this.#drawn && this.loading.state === null
  }

  /** What is here has been drawn, or must be again. */
  set idle(drawn: boolean) {
    this.#drawn = drawn
  }

  /** The editor of what is on the page: that of the version looked at, or the board's own. */
  get front(): Editor {
    return this.past?.editor ?? this.editor
  }

  /** Leaves the board; what was not saved yet is handed over on the way out. */
  dispose(): void {
    this.#disposers.dispose()
  }

  /** Shapes of the document, also those that are still on their way to the board. */
  get #size(): number {
    const { size, loading } = this.board
    return loading ? size + loading.total - loading.done : size
  }

  #near(): Box | null {
    const { camera, viewport } = this.editor
    return camera === this.#first ? null : visibleBox(camera, viewport)
  }
}

function syncUrl(id: string): string {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  return `${scheme}://${location.host}/sync/${id}`
}
