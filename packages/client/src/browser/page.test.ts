import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { isLocalHost, watchPage } from './page-events.ts'
import { openWebSocket } from './web-socket.ts'

/** A document that can be hidden. */
class FakeDocument extends EventTarget {
  visibilityState = 'visible'
}

/** A client that writes down what it is told. */
function recordingClient() {
  const told: string[] = []
  const note = (name: string) => () => told.push(name)
  const client = {
    wentOffline: note('offline'),
    wentOnline: note('online'),
    wentHidden: note('hidden'),
    probe: note('probe'),
    hide: note('hide'),
  }
  return { client, told }
}

describe('page events', () => {
  const page = new FakeDocument()
  beforeEach(() => {
    vi.stubGlobal('window', new EventTarget())
    vi.stubGlobal('document', page)
  })
  afterEach(() => vi.unstubAllGlobals())
  const fire = (...names: string[]) => {
    for (const name of names) window.dispatchEvent(new Event(name))
  }

  test('[B1] reach the client until disposed of', () => {
    const { client, told } = recordingClient()
    const dispose = watchPage({ listeners: [client], isLocal: false })
    fire('offline', 'online', 'pagehide', 'pageshow')
    page.visibilityState = 'hidden'
    page.dispatchEvent(new Event('visibilitychange'))
    page.visibilityState = 'visible'
    page.dispatchEvent(new Event('visibilitychange'))
    dispose()
    fire('offline', 'online', 'pagehide', 'pageshow')
    page.dispatchEvent(new Event('visibilitychange'))
    expect(told).toEqual(['offline', 'online', 'hide', 'probe', 'hidden', 'probe'])
  })

  test('[B1] a page that nobody sees from the start is told so', () => {
    const { client, told } = recordingClient()
    page.visibilityState = 'hidden'
    const dispose = watchPage({ listeners: [client], isLocal: false })
    fire('pageshow')
    page.visibilityState = 'visible'
    page.dispatchEvent(new Event('visibilitychange'))
    dispose()
    expect(told).toEqual(['hidden', 'hidden', 'probe'])
  })

  test('[B1] a server on this machine is there without a network', () => {
    const { client, told } = recordingClient()
    watchPage({ listeners: [client], isLocal: true })
    fire('offline')
    expect(told).toEqual([])
    const hosts = ['localhost', 'board.localhost', '127.0.0.1', '[::1]']
    expect(hosts.map(isLocalHost)).toEqual([true, true, true, true])
    expect(['kolam.example', '192.168.1.5', 'localhost.example'].map(isLocalHost)).toEqual([
      false,
      false,
      false,
    ])
  })
})

describe('web socket', () => {
  /** The browser's side, moved by hand. */
  class FakeWebSocket extends EventTarget {
    static last: FakeWebSocket
    binaryType = 'blob'
    protocol = 'kolam.1'
    bufferedAmount = 9
    readonly calls: unknown[]

    constructor(url: string, protocols: string[]) {
      super()
      this.calls = [[url, protocols]]
      FakeWebSocket.last = this
    }

    send(bytes: Uint8Array): void {
      this.calls.push([...bytes])
    }

    close(code: number, reason: string): void {
      this.calls.push([code, reason])
    }
  }
  beforeEach(() => {
    vi.stubGlobal('WebSocket', FakeWebSocket)
  })
  afterEach(() => vi.unstubAllGlobals())

  test('[B2] is binary, and passes everything on', () => {
    const socket = openWebSocket('ws://kolam.test/sync/a', ['kolam.1'])
    const web = FakeWebSocket.last
    const told: unknown[] = []
    socket.handlers = {
      onopen: (protocol) => told.push(protocol),
      onmessage: (bytes) => told.push([...bytes]),
      onclose: (code, reason) => told.push([code, reason]),
    }
    web.dispatchEvent(new Event('open'))
    web.dispatchEvent(new MessageEvent('message', { data: new Uint8Array([1, 2]).buffer }))
    web.dispatchEvent(new MessageEvent('message', { data: 'text' }))
    web.dispatchEvent(Object.assign(new Event('close'), { code: 4401, reason: 'No' }))
    socket.send(new Uint8Array([3]))
    socket.close(1000, 'Bye')
    socket.handlers = null
    web.dispatchEvent(new Event('open'))
    expect([web.binaryType, socket.bufferedAmount]).toEqual(['arraybuffer', 9])
    expect(told).toEqual(['kolam.1', [1, 2], [], [4401, 'No']])
    expect(web.calls).toEqual([['ws://kolam.test/sync/a', ['kolam.1']], [3], [1000, 'Bye']])
  })
})
