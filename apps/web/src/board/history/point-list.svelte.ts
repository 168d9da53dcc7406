/** The points of a history: loaded, loaded again while somebody looks at them, and tried again until it works. */
import { Backoff, systemClock, systemRandom, type Disposer } from '@kolam/base'
import { HttpError } from '../../lib/http.ts'
import type { HistoryApi } from './api.ts'
import type { Point } from './points.ts'
import { troubleText } from './words.ts'

/** Others work too, and the server makes points by itself. */
const REFRESH_MS = 20_000

export class PointList {
  #points = $state.raw<readonly Point[] | null>(null)
  #trouble = $state.raw<{ readonly isOffline: boolean; readonly text: string } | null>(null)
  /** When the list was loaded: what "today" is told by. */
  now = $state(systemClock.now())
  readonly #api: Pick<HistoryApi, 'list'>
  readonly #backoff = new Backoff({ baseMs: 1_000, capMs: 10_000, random: systemRandom })
  readonly #told: (points: readonly Point[]) => void
  #cancelNext: Disposer = () => {}
  #abort = new AbortController()

  constructor(api: Pick<HistoryApi, 'list'>, told: (points: readonly Point[]) => void) {
    this.#api = api
    this.#told = told
  }

  /** Newest first; null until the first answer. */
  get points(): readonly Point[] | null {
    return this.#points
  }

  /** Why the list may be old; trying goes on. */
  get trouble(): { readonly isOffline: boolean; readonly text: string } | null {
    return this.#trouble
  }

  /** Loads now, and again later on. */
  async load(): Promise<void> {
    this.#cancelNext()
    this.#abort.abort()
    const { signal } = (this.#abort = new AbortController())
    try {
      const points = await this.#api.list(signal)
      if (signal.aborted) return
      this.#take(points)
    } catch (error) {
      if (signal.aborted) return
      const isOffline = error instanceof HttpError && error.code === 'unreachable'
      this.#trouble = { isOffline, text: troubleText(error) }
      this.#next(this.#backoff.nextMs())
    }
  }

  /** Shows a new name at once; what the server says comes afterwards. */
  showName(number: number, name: string): void {
    const named = (point: Point): Point =>
      point.number === number ? { ...point, name, kind: name ? 'named' : 'automatic' } : point
    this.#points = this.#points?.map(named) ?? null
    this.#told(this.#points ?? [])
  }

  stop(): void {
    this.#cancelNext()
    this.#abort.abort()
  }

  #take(points: readonly Point[]): void {
    this.#points = points
    this.#trouble = null
    this.now = systemClock.now()
    this.#backoff.reset()
    this.#told(points)
    this.#next(REFRESH_MS)
  }

  #next(ms: number): void {
    this.#cancelNext = systemClock.after(ms, () => void this.load())
  }
}
