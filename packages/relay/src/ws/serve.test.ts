import { encodeMessage } from '@kolam/protocol'
import { describe, expect, test } from 'vitest'
import { edit, editing, NOTHING, presence, toyContent, toyUpdate } from '../testing/index.ts'
import { Client, RawClient, serve, upgradeText } from './testing/index.ts'

describe('serveWebSocket', () => {
  test('[H1] an edit goes to the disk, and back to everybody in the room', async () => {
    const { url, store } = await serve()
    const [ada, bob, cleo] = [
      await Client.open(`${url}doc`),
      await Client.open(`${url}doc?token=1`, ['kolam.1']),
      await Client.open(`${url}other`),
    ]
    ada.say(
      { type: 'step1', stateVector: NOTHING },
      editing(1, 0),
      editing(1, 1),
      editing(1, 2, 70_000),
    )
    bob.say(editing(2, 0), presence([7, 1, 'bob']))
    await ada.until(() => ada.of('update').length === 4 && ada.of('awareness').length > 0)
    await bob.until(() => bob.of('update').length === 4)
    const { updates } = await store.open('doc')
    expect(updates).toHaveLength(4)
    expect(toyContent(...updates)).toEqual(
      toyContent(...ada.of('update').map(({ update }) => update)),
    )
    expect(cleo.of('update')).toEqual([])
    expect([ada.socket.protocol, bob.socket.protocol]).toEqual(['', 'kolam.1'])
  })

  test('a document of many kilobytes arrives in one piece', async () => {
    const { url, relay } = await serve()
    const structs = Array.from({ length: 60_000 }, (_, client) => ({
      client,
      clock: 0,
      length: 1,
    }))
    const update = toyUpdate({ structs })
    await relay.apply('doc', update, '')
    const ada = await Client.open(`${url}doc`)
    ada.say({ type: 'step1', stateVector: NOTHING })
    await ada.until(() => ada.of('step2').length === 1)
    expect(Buffer.compare(ada.of('step2')[0]!.update, update)).toBe(0)
  })

  test('[H1] what comes with the upgrade itself is not lost', async () => {
    const { port, url, store } = await serve()
    const message = encodeMessage(editing(1, 0))
    const frame = Buffer.from([0x82, 0x80 | message.length, 0, 0, 0, 0, ...message])
    const ada = new RawClient(port)
    ada.socket.write(Buffer.concat([Buffer.from(upgradeText('/sync/doc')), frame]))
    const bob = await Client.open(`${url}doc`)
    await bob.until(() => bob.of('update', 'step1').length > 0)
    bob.say({ type: 'step1', stateVector: NOTHING })
    const updates = async () => (await store.open('doc')).updates
    while ((await updates()).length === 0) await new Promise(setImmediate)
    expect(await updates()).toEqual([edit(1, 0)])
  })

  test.each(['', '%', 'a%2Fb', 'a/b', '%252f', 'x'.repeat(129)])(
    '[H2,L9] the id "%s" is accepted and closed with 4404',
    async (id) => {
      const { url } = await serve()
      const { code, reason } = await new Client(url + id).closed
      expect(code).toBe(4404)
      expect(reason).not.toBe('')
    },
  )

  test('an id is decoded once', async () => {
    const { url, store } = await serve()
    const ada = await Client.open(`${url}%64oc`)
    ada.say(editing(1, 0))
    await ada.until(() => ada.of('update').length === 1)
    expect((await store.open('doc')).updates).toHaveLength(1)
  })

  test('[H1] a browser that offers other subprotocols gets one of them', async () => {
    const { url } = await serve()
    const ada = await Client.open(`${url}doc`, ['other', 'more'])
    expect(ada.socket.protocol).toBe('other')
    const bob = await Client.open(`${url}doc`, ['other', 'kolam.1'])
    expect(bob.socket.protocol).toBe('kolam.1')
  })

  test('[S1] text is closed with 4400', async () => {
    const { url } = await serve()
    const ada = await Client.open(`${url}doc`)
    ada.socket.send('hello')
    expect((await ada.closed).code).toBe(4400)
  })

  test('[L1] a frame over the limit is closed with 1009', async () => {
    const { url } = await serve({ limits: { frameBytesMax: 1000 } })
    const [ada, bob] = [await Client.open(`${url}doc`), await Client.open(`${url}doc`)]
    ada.socket.send(Buffer.alloc(1001))
    expect((await ada.closed).code).toBe(1009)
    bob.say(editing(1, 0))
    await bob.until(() => bob.of('update').length === 1)
  })

  test('[H2] a reason that is too long is cut', async () => {
    const reason = 'ä'.repeat(100)
    const { url } = await serve({ authorize: () => ({ ok: false, code: 4403, reason }) })
    expect(await new Client(`${url}doc`).closed).toEqual({ code: 4403, reason: 'ä'.repeat(61) })
  })

  test('a session ends with its socket', async () => {
    const { url, relay } = await serve()
    const [ada, bob] = [await Client.open(`${url}doc`), await Client.open(`${url}doc`)]
    bob.say(presence([7, 1, 'bob']))
    await ada.until(() => ada.of('awareness').length === 1)
    bob.socket.terminate()
    await ada.until(() => ada.of('awareness').length === 2)
    expect(relay.stats.sessions).toBe(1)
  })

  test('[R10] closing the relay closes the sockets with 1012', async () => {
    const { url, relay } = await serve()
    const ada = await Client.open(`${url}doc`, ['kolam.1'])
    await ada.until(() => ada.messages.length > 0)
    await relay.close()
    expect((await ada.closed).code).toBe(1012)
    expect(ada.of('goodbye')).toHaveLength(1)
  })

  test('frames written by the relay and by ws do not mix', async () => {
    const { url } = await serve()
    const ada = await Client.open(`${url}doc`)
    let pongs = 0
    ada.socket.on('pong', () => (pongs += 1))
    for (let i = 0; i < 200; i++) {
      ada.say(editing(1, i))
      if (i % 20 === 0) ada.socket.ping(Buffer.alloc(i % 126))
      if (i % 10 === 0) await ada.until(() => ada.of('update').length > i / 2)
    }
    await ada.until(() => ada.of('update').length === 200)
    expect(pongs).toBe(10)
    expect(toyContent(...ada.of('update').map(({ update }) => update))).toHaveLength(200)
  })
})
