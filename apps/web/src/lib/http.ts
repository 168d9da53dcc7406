/** Talks to the server's HTTP API. Every failure is an `HttpError` whose message is a sentence for people. */

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
  const response = await request(path, init)
  const answer: unknown = await response.json().catch(() => null)
  init.signal?.throwIfAborted()
  return answer
}

/** The same for an answer of bytes; one that breaks off is none. */
export async function requestBytes(path: string, init: RequestInit = {}): Promise<Uint8Array> {
  const response = await request(path, init)
  return new Uint8Array(await response.arrayBuffer().catch((cause) => unreachable(cause, init)))
}

async function request(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, init).catch((cause) => unreachable(cause, init))
  if (response.ok) return response
  const answer: unknown = await response.json().catch(() => null)
  const said = (answer as { error?: { code?: unknown; message?: unknown } } | null)?.error
  throw new HttpError(
    typeof said?.code === 'string' ? said.code : String(response.status),
    typeof said?.message === 'string' ? said.message : 'The server could not do that.',
  )
}

function unreachable(cause: unknown, { signal }: RequestInit): never {
  if (signal?.aborted) throw cause
  throw new HttpError('unreachable', 'The server does not answer.')
}
