import { readFileSync } from 'node:fs'
import path from 'node:path'
import { encodeMessage, type Message } from '@kolam/protocol'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { BrowserConnection } from './browser/index.ts'
import { EMPTY_UPDATE, EMPTY_VECTOR } from './testing/bench.ts'

const ROOT = path.resolve(import.meta.dirname, '..')

/** The server's end of the browser's WebSocket. */
class FakeWebSocket extends EventTarget {
  static last: FakeWebSocket
  readonly url: string
  readonly protocol = 'kolam.1'
  readonly bufferedAmount = 0

  constructor(url: string) {
    super()
    this.url = url
    FakeWebSocket.last = this
  }

  send(): void {}
  close(): void {}

  say(message: Message): void {
    const data = new Uint8Array(encodeMessage(message)).buffer
    this.dispatchEvent(new MessageEvent('message', { data }))
  }
}

/** The first example, with what it imports taken from where package.json says it is. */
async function runExample(log: (text: string) => void): Promise<BrowserConnection<object>> {
  const [, example = ''] = /```ts\n(.*?)```/s.exec(readFileSync(`${ROOT}/README.md`, 'utf8')) ?? []
  const { exports } = JSON.parse(readFileSync(`${ROOT}/package.json`, 'utf8')) as Package
  const imports = [...example.matchAll(/^import \{ (\w+) \} from '(?:@kolam\/client\/)?(.+)'$/gm)]
  const values = imports.map(async ([, name = '', from = '']) => {
    const file = exports[`./${from}`]
    const module = (await import(file ? path.join(ROOT, file) : from)) as Record<string, unknown>
    return module[name]
  })
  const names = imports.map(([, name = '']) => name)
  const body = example.replaceAll(/^import .*$/gm, '')
  // oxlint-disable-next-line typescript/no-implied-eval -- the example is ours, and is to run as it stands
  const run = new Function(...names, 'console', `${body}; return { client, dispose }`)
  return run(...(await Promise.all(values)), { log }) as BrowserConnection<object>
}

interface Package {
  readonly exports: Readonly<Record<string, string>>
}

beforeEach(() => {
  vi.stubGlobal('WebSocket', FakeWebSocket)
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('document', new EventTarget())
  vi.stubGlobal('location', { href: 'https://example.org/' })
})
afterEach(() => vi.unstubAllGlobals())

/** Whether the browser would ask before it closes the tab. */
function asks(): boolean {
  const event = new Event('beforeunload', { cancelable: true })
  window.dispatchEvent(event)
  return event.defaultPrevented
}

test('[C9] the example of the README runs, and does what it says', async () => {
  const logged: string[] = []
  const { client, dispose } = await runExample((text) => logged.push(text))
  await vi.waitFor(() => expect(client.state.name).toBe('connecting'))
  const server = FakeWebSocket.last
  expect(server.url).toBe('wss://example.org/sync/my-board')
  server.dispatchEvent(new Event('open'))
  server.say({ type: 'step1', stateVector: EMPTY_VECTOR })
  server.say({ type: 'step2', update: EMPTY_UPDATE })
  expect([logged, asks()]).toEqual([['connecting', 'syncing', 'live'], false])
  client.doc.getMap('shapes').set('a', 1)
  expect([logged.at(-1), asks()]).toEqual(['saving', true])
  expect(client.awareness.getLocalState()).toMatchObject({ person: { name: 'Ada' } })
  dispose()
  expect(client.state.name).toBe('offline')
})
