/** The port through which requests are made: as much of `fetch` as a line needs. Never says how it is done. */

/** A request. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly body?: Uint8Array
}

/** What came back: the head, and then the body as it comes. */
export interface HttpAnswer {
  readonly status: number
  /** The next bytes; null at the end. Rejects where the answer breaks off. */
  next(): Promise<Uint8Array | null>
}

/** A request that is being made. */
export interface HttpCall {
  /** Resolves with the head of the answer; rejects where there is none. */
  readonly answer: Promise<HttpAnswer>
  /** Nobody waits for it any more. */
  abort(): void
}

/** Makes a request. */
export type SendHttp = (request: HttpRequest) => HttpCall
