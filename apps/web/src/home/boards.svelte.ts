/** The list of boards at home: loads it, loads it again when the page is looked at, renames. */
import { Backoff, systemClock, systemRandom, type Disposer } from '@kolam/base'
import { requestJson } from '../lib/http.ts'
import { readDocuments, searchDocuments, type DocumentInfo } from './documents.ts'

export class BoardsState {
  #documents = $state.raw<readonly DocumentInfo[] | null>(null)
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

  /** True while the server does not answer; trying goes on. */
  get failed(): boolean {
    return this.#failed
  }

  /** Loads now and keeps trying until it worked. */
  async load(): Promise<void> {
    this.#cancelRetry()
    try {
      this.#documents = readDocuments(await requestJson('/api/documents'))
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

  stop(): void {
    this.#cancelRetry()
  }
}
