/** The history of one board on the server. Rejects with `HttpError`, or as `fetch` does when aborted. */
import { HttpError, requestBytes, requestJson } from '../../lib/http.ts'
import { readNews, readPoints, type News, type Point } from './points.ts'

export interface KeepWords {
  readonly name: string
  readonly author: string
  readonly kind: 'named' | 'before-restore'
}

/** A server that says nothing for so long is treated as one that does not answer. */
const PATIENCE_MS = 20_000
/** A large board on a slow line. */
const LARGE_PATIENCE_MS = 120_000

export class HistoryApi {
  readonly #path: string

  constructor(documentId: string) {
    this.#path = `/api/documents/${documentId}/history`
  }

  /** Newest first. */
  async list(signal?: AbortSignal): Promise<Point[]> {
    return readPoints(await patiently(signal, (init) => requestJson(this.#path, init)))
  }

  /** Keeps the board as the server has it now. */
  async keep(words: KeepWords): Promise<void> {
    await this.#send('', 'POST', words)
  }

  /** Gives a point a name; an empty one takes it away. */
  async rename(number: number, name: string): Promise<void> {
    await this.#send(`/${number}`, 'PATCH', { name })
  }

  /** The board at a point, as one Yjs update. */
  state(number: number, signal: AbortSignal): Promise<Uint8Array> {
    const path = `${this.#path}/${number}/state`
    return patiently(signal, (init) => requestBytes(path, init), LARGE_PATIENCE_MS)
  }

  /** What happened until a moment; since the point before, unless `from` is given. */
  async news(to: number | 'now', from: number | null, signal: AbortSignal): Promise<News> {
    const query = from === null ? '' : `?from=${from}`
    const path = `${this.#path}/${to}/changes${query}`
    return readNews(await patiently(signal, (init) => requestJson(path, init)))
  }

  /** Forgets everything but the board as it is. */
  async forget(): Promise<void> {
    await patiently(undefined, (init) => requestJson(this.#path, { ...init, method: 'DELETE' }))
  }

  #send(path: string, method: string, body: object): Promise<unknown> {
    const headers = { 'content-type': 'application/json' }
    return patiently(undefined, (init) =>
      requestJson(`${this.#path}${path}`, { ...init, method, headers, body: JSON.stringify(body) }),
    )
  }
}

async function patiently<T>(
  signal: AbortSignal | undefined,
  ask: (init: { signal: AbortSignal }) => Promise<T>,
  limitMs = PATIENCE_MS,
): Promise<T> {
  const limit = AbortSignal.timeout(limitMs)
  try {
    return await ask({ signal: signal ? AbortSignal.any([signal, limit]) : limit })
  } catch (error) {
    const isLate = limit.aborted && !signal?.aborted
    throw isLate ? new HttpError('unreachable', 'The server does not answer.') : error
  }
}
