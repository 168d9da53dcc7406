/** A line over HTTP by hand: each request is made by the test, which may do what no client of ours does. */
import { request, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import {
  decodeMessage,
  encodeHttpMessages,
  encodeMessage,
  type HttpRecord,
  HttpRecordReader,
  type Message,
} from '@kolam/protocol'
import { onTestFinished } from 'vitest'

/** What a request brought back. */
export interface Answer {
  readonly status: number
  readonly bytes: Buffer
}

/** What a test says of a request; null takes a header away. */
export type RequestHeaders = Readonly<Record<string, string>>

/** Makes one request and waits for all of its answer. */
export async function ask(
  url: string,
  options: { method?: string; headers?: RequestHeaders; body?: Uint8Array } = {},
): Promise<Answer> {
  const { method = 'GET', headers = {}, body } = options
  const asked = request(url, { method, headers, agent: false })
  onTestFinished(() => void asked.destroy())
  asked.end(body)
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk as Buffer)
  return { status: answer.statusCode ?? 0, bytes: Buffer.concat(chunks) }
}

export class LineClient {
  readonly url: string
  readonly records: HttpRecord[] = []
  /** Bytes heard. */
  received = 0
  /** Bytes sent. */
  sent = 0
  readonly #reader = new HttpRecordReader()
  #stream: IncomingMessage | null = null
  #wake: () => void = () => {}

  constructor(url: string) {
    this.url = url
  }

  /** Opens a line whose answer goes on, and waits for its first record. */
  static async stream(url: string, headers: RequestHeaders = {}): Promise<LineClient> {
    const client = new LineClient(url)
    const asked = request(`${url}?transport=http&protocol=kolam.1`, { headers, agent: false })
    onTestFinished(() => void asked.destroy())
    asked.on('error', () => {})
    asked.end()
    const [stream] = (await once(asked, 'response')) as [IncomingMessage]
    client.#stream = stream
    stream.on('error', () => {})
    stream.on('data', (chunk: Buffer) => client.#hear(chunk))
    await client.until(() => client.records.length > 0)
    return client
  }

  /** Opens a line that is polled. */
  static async polled(url: string, headers: RequestHeaders = {}): Promise<LineClient> {
    const client = new LineClient(url)
    const open = `${url}?transport=http&protocol=kolam.1&poll`
    client.#hear((await ask(open, { headers })).bytes)
    return client
  }

  /** What the line is called. */
  get name(): string {
    const [first] = this.records
    if (first?.type !== 'opened') throw new Error('The line has not opened')
    return first.line
  }

  /** How it was closed, if it was. */
  get closed(): { code: number; reason: string } | null {
    const last = this.records.at(-1)
    return last?.type === 'closed' ? { code: last.code, reason: last.reason } : null
  }

  /** The messages heard. */
  get messages(): Message[] {
    return this.records.flatMap((record) => {
      if (record.type !== 'message') return []
      const decoded = decodeMessage(record.frame)
      if (!decoded.ok) throw new Error(decoded.reason)
      return [decoded.message]
    })
  }

  /** The stream as it comes, to be held or broken. */
  get incoming(): IncomingMessage {
    if (!this.#stream) throw new Error('The line has no stream')
    return this.#stream
  }

  address(query: string): string {
    return `${this.url}?line=${this.name}${query}`
  }

  /** Sends messages as one request, from where the last one ended unless it is said. */
  async post(messages: readonly Message[], at = this.sent): Promise<number> {
    const body = bytesOf(messages)
    const status = await this.postBytes(body, at)
    if (at === this.sent && status === 204) this.sent += body.length
    return status
  }

  async postBytes(body: Uint8Array, at: number): Promise<number> {
    return (await ask(this.address(`&at=${at}`), { method: 'POST', body })).status
  }

  /** Polls, from where the last answer ended unless it is said, and takes in what comes. */
  async poll(): Promise<number> {
    const answer = await ask(this.address(`&after=${this.received}`))
    this.#hear(answer.bytes)
    return answer.status
  }

  /** Polls until what was heard is enough. */
  async pollUntil(isEnough: () => boolean): Promise<void> {
    while (!isEnough()) await this.poll()
  }

  /** Resolves when what the stream brought is enough. */
  async until(isEnough: () => boolean): Promise<void> {
    while (!isEnough()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  #hear(bytes: Buffer): void {
    this.received += bytes.length
    const reader = this.#reader
    reader.push(new Uint8Array(bytes))
    for (let record = reader.next(); record; record = reader.next()) this.records.push(record)
    if (reader.isMalformed) throw new Error('These are no records')
    this.#wake()
  }
}

/** Messages as they go up. */
export function bytesOf(messages: readonly Message[]): Uint8Array {
  return encodeHttpMessages(messages.map(encodeMessage))
}
