/** Unmodified y-websocket providers against the relay over real sockets. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { RelayServer } from './support/relay-server.ts'
import { StockClient } from './support/stock-client.ts'
import { docOf } from './support/yjs-documents.ts'

let server = new RelayServer()
const clients: StockClient[] = []

beforeEach(() => {
  server = new RelayServer()
  return server.start()
})

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy()
  await server.stop()
})

async function join(id = 'doc'): Promise<StockClient> {
  const client = new StockClient(server.url, id)
  clients.push(client)
  await client.synced()
  return client
}

async function stored(id = 'doc'): Promise<Y.Doc> {
  const { snapshot, updates } = await server.store.open(id)
  return docOf(...(snapshot ? [snapshot, ...updates] : updates))
}

describe('documents', () => {
  test('[R3] two people read and write', async () => {
    const [ada, bob] = [await join(), await join()]
    ada.text.insert(0, 'Hello')
    await bob.until(() => bob.text.toJSON() === 'Hello')
    bob.text.insert(5, ' there')
    bob.text.delete(0, 1)
    await ada.until(() => ada.text.toJSON() === 'ello there')
    expect((await stored()).getText('text').toJSON()).toBe('ello there')
  })

  test('[R3] `synced` means that everything is there', async () => {
    const ada = await join()
    for (let i = 0; i < 50; i++) ada.text.insert(0, `${i} `)
    const bob = await join()
    await bob.until(() => bob.text.length === ada.text.length)
    const cleo = await join()
    expect(cleo.text.toJSON()).toBe(ada.text.toJSON())
  })

  test('[R2] what was written offline is uploaded, also after the relay was away', async () => {
    const [ada, bob] = [await join(), await join()]
    ada.text.insert(0, 'one')
    await bob.until(() => bob.text.length === 3)
    await server.stop()
    ada.text.insert(3, ' two')
    bob.text.insert(0, 'zero ')
    await server.start()
    await ada.until(() => ada.text.toJSON() === 'zero one two')
    await bob.until(() => bob.text.toJSON() === 'zero one two')
    expect((await stored()).getText('text').toJSON()).toBe('zero one two')
  })

  test('[S8,S9] joining a document that knows all adds nothing to its log', async () => {
    const ada = await join()
    ada.text.insert(0, 'abcdefgh')
    ada.text.delete(2, 3)
    const bob = await join()
    await bob.until(() => bob.text.toJSON() === 'abfgh')
    const before = (await server.store.open('doc')).seq
    for (let i = 0; i < 3; i++) {
      bob.provider.disconnect()
      bob.provider.connect()
      await bob.synced()
    }
    bob.text.insert(0, '!')
    await ada.until(() => ada.text.toJSON() === '!abfgh')
    expect((await server.store.open('doc')).seq).toBe(before + 1)
  })

  test('[C1] the sender hears its own update after it is stored', async () => {
    const ada = await join()
    const echo = new Promise<Uint8Array>((resolve) => {
      ada.onFrame((frame) => {
        if (frame[0] === 0 && frame[1] === 2) resolve(frame)
      })
    })
    ada.text.insert(0, 'x')
    const frame = await echo
    expect((await stored()).getText('text').toJSON()).toBe('x')
    expect(frame.length).toBeGreaterThan(4)
  })

  test('[R5] updates that come before what they build on are kept until it comes', async () => {
    const source = new Y.Doc()
    const updates: Uint8Array[] = []
    source.on('update', (update: Uint8Array) => updates.push(update))
    for (const letter of 'abc') source.getText('text').insert(source.getText('text').length, letter)
    const [first, second, third] = updates as [Uint8Array, Uint8Array, Uint8Array]
    await server.relay.apply('doc', third, '')
    await server.relay.apply('doc', second, '')
    const ada = await join()
    expect(ada.text.toJSON()).toBe('')
    await server.relay.apply('doc', first, '')
    await ada.until(() => ada.text.toJSON() === 'abc')
    const bob = await join()
    expect(bob.text.toJSON()).toBe('abc')
    expect(
      docOf(await server.relay.read('doc'))
        .getText('text')
        .toJSON(),
    ).toBe('abc')
  })
})

describe('presence', () => {
  /** Far below the 15 s after which a stock client would renew its clock by itself, far above what it takes. */
  const limitMs = 6_000

  /** Rejects where only the client's own renewal brings what is awaited. */
  function soon(work: Promise<unknown>): Promise<unknown> {
    return Promise.race([
      work,
      new Promise((_, reject) => {
        setTimeout(() => reject(new Error(`not within ${limitMs} ms`)), limitMs).unref()
      }),
    ])
  }

  async function pair(): Promise<[StockClient, StockClient]> {
    const [ada, bob] = [await join(), await join()]
    await Promise.all([ada.untilSees(bob), bob.untilSees(ada)])
    return [ada, bob]
  }

  test('[P4,P5] people see each other come and go', async () => {
    const [ada, bob] = await pair()
    const cleo = await join()
    await cleo.untilSees(ada)
    await cleo.untilSees(bob)
    ada.destroy()
    await soon(bob.untilSees(ada, false))
    expect(bob.sees(cleo)).toBe(true)
  })

  test('[P6,P7] after a cut line both see each other again at once, twice', async () => {
    const [ada, bob] = await pair()
    for (let round = 0; round < 2; round++) {
      ada.cut()
      await soon(bob.untilSees(ada, false))
      await soon(Promise.all([bob.untilSees(ada), ada.untilSees(bob)]))
    }
    expect(bob.sees(ada)).toBe(true)
  })

  test('[P8] after a restart of the relay both see each other again', async () => {
    const [ada, bob] = await pair()
    await server.stop()
    await Promise.all([bob.untilSees(ada, false), ada.untilSees(bob, false)])
    await server.start()
    await Promise.all([ada.synced(), bob.synced()])
    await soon(Promise.all([bob.untilSees(ada), ada.untilSees(bob)]))
    expect(bob.sees(ada)).toBe(true)
  })
})
