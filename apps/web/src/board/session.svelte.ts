/**
 * One open board in one tab: the document, its connection, the editor over it and the people on it.
 *
 * Owns what lives as long as the page shows the board. Knows no canvas: `Stage` draws, `input/` listens.
 */
import { Disposers, systemClock, systemRandom } from '@kolam/base'
import { Board } from '@kolam/board'
import { AssetImages, createTextMeasurer, type TextLayouter } from '@kolam/canvas'
import type { Client } from '@kolam/client'
import { connectBrowser, openBroadcastChannel } from '@kolam/client/browser'
import { Editor } from '@kolam/editor'
import * as Y from 'yjs'
import { me } from '../lib/me.svelte.ts'
import { offlineBoards, writeLabel } from '../lib/offline-boards.ts'
import { ConnectionView } from './connection.svelte.ts'
import type { Past } from './history/past.svelte.ts'
import { Importer } from './import/importer.svelte.ts'
import { PageKeys } from './keys.svelte.ts'
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
  readonly keys = new PageKeys()
  /** Everything visible is drawn at full quality. */
  idle = $state(false)
  /** The version that is looked at instead of the board as it is. */
  past = $state.raw<Past | null>(null)
  readonly #disposers = new Disposers()

  constructor(id: string) {
    this.id = id
    const doc = new Y.Doc()
    this.board = new Board(doc)
    const label = () => writeLabel({ title: this.board.title, shapes: this.board.size })
    const { client, copy, dispose } = connectBrowser({
      url: syncUrl(id),
      doc,
      copy: { store: offlineBoards, document: id, about: label },
      channel: openBroadcastChannel(id),
    })
    this.client = client
    this.keeping = new Keeping({ board: this.board, client, copy: copy! })
    this.measurer = createTextMeasurer()
    this.images = new AssetImages({ url: (asset) => `/assets/${asset}` })
    this.editor = new Editor({
      board: this.board,
      clock: systemClock,
      random: systemRandom,
      measurer: this.measurer,
    })
    this.view = new EditorView(this.editor)
    this.people = new PeopleState({ awareness: client.awareness, editor: this.editor, me })
    this.importer = new Importer(this)
    this.connection = new ConnectionView(client, { importer: this.importer, keeping: this.keeping })
    this.#disposers.add(() => doc.destroy())
    this.#disposers.add(() => this.board.dispose())
    this.#disposers.add(dispose)
    this.#disposers.add(() => this.keeping.dispose())
    this.#disposers.add(() => this.editor.dispose())
    this.#disposers.add(() => this.people.dispose())
    this.#disposers.add(() => this.importer.cancel())
  }

  /** The editor of what is on the page: that of the version looked at, or the board's own. */
  get front(): Editor {
    return this.past?.editor ?? this.editor
  }

  /** Leaves the board; what was not saved yet is handed over on the way out. */
  dispose(): void {
    this.#disposers.dispose()
  }
}

function syncUrl(id: string): string {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  return `${scheme}://${location.host}/sync/${id}`
}
