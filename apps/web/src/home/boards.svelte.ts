/** The boards at home and those in the trash: loads them, again when the page is looked at, renames, puts away. */
import { Backoff, systemClock, systemRandom, type Disposer } from '@kolam/base'
import { requestJson } from '../lib/http.ts'
import { readDocuments, readTrash, searchDocuments } from './document-list.ts'
import type { DocumentInfo, TrashedBoard } from './documents.ts'

const LISTS = ['/api/documents', '/api/trash'] as const

export class BoardsState {
  #documents = $state.raw<readonly DocumentInfo[] | null>(null)
  #trash = $state.raw<readonly TrashedBoard[]>([])
  #failed = $state(false)
  query = $state('')
  /** When the list was loaded: what "5 minutes ago" counts from. */
  now = $state(systemClock.now())
  readonly found = $derived(searchDocuments(this.#documents ?? [], this.query))
  readonly #backoff = new Backoff({ baseMs: 1_000, capMs: 10_000, random: systemRandom })
  #cancelRetry: Disposer = () => {}

  /** Null until the first answer. */
  get documents(): readonly DocumentInfo[] | null {
    return this.#documents
  }

  /** Empty until the first answer. */
  get trash(): readonly TrashedBoard[] {
    return this.#trash
  }

  /** True while the server does not answer; trying goes on. */
  get failed(): boolean {
    return this.#failed
  }

  /** Loads now and keeps trying until it worked. */
  async load(): Promise<void> {
    this.#cancelRetry()
    try {
      const [documents, trash] = await Promise.all(LISTS.map((path) => requestJson(path)))
      this.#documents = readDocuments(documents)
      this.#trash = readTrash(trash)
      this.now = systemClock.now()
      this.#failed = false
      this.#backoff.reset()
    } catch {
      this.#failed = true
      this.#cancelRetry = systemClock.after(this.#backoff.nextMs(), () => void this.load())
    }
  }

  /** Gives a board a new title; shows it at once and what the server says afterwards. */
  async rename(id: string, title: string): Promise<void> {
    this.#documents =
      this.#documents?.map((entry) => (entry.id === id ? { ...entry, title } : entry)) ?? null
    try {
      await requestJson(`/api/documents/${id}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ title }),
      })
    } finally {
      await this.load()
    }
  }

  /** Puts a board into the trash. */
  async trashBoard(id: string): Promise<void> {
    this.#documents = this.#documents?.filter((entry) => entry.id !== id) ?? null
    await this.#change(`/api/documents/${id}`, 'DELETE')
  }

  /** Takes a board back from the trash. */
  async takeBack(id: string): Promise<void> {
    await this.#change(`/api/trash/${id}/take-back`, 'POST')
  }

  /** Removes a board in the trash for good. */
  async remove(id: string): Promise<void> {
    await this.#change(`/api/trash/${id}`, 'DELETE')
  }

  async #change(path: string, method: string): Promise<void> {
    try {
      await requestJson(path, { method })
    } finally {
      await this.load()
    }
  }

  stop(): void {
    this.#cancelRetry()
  }
}
