/** Talks to the server's JSON API. Every failure is an `HttpError` whose message is a sentence for people. */

export class HttpError extends Error {
  /** `unreachable`, or the server's own code. */
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** The JSON answer of a request; rejects with `HttpError`. An aborted request rejects as `fetch` does. */
export async function requestJson(path: string, init: RequestInit = {}): Promise<unknown> {
  const response = await fetch(path, init).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause
    throw new HttpError('unreachable', 'The server does not answer.')
  })
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer
  const said = (answer as { error?: { code?: unknown; message?: unknown } } | null)?.error
  throw new HttpError(
    typeof said?.code === 'string' ? said.code : String(response.status),
    typeof said?.message === 'string' ? said.message : 'The server could not do that.',
  )
}
