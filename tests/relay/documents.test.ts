/** What stock clients write is read by all others, whatever happens to the lines between them. */
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { useRelay } from './support/relay-world.ts'
import { stock } from './support/stock-client.ts'
import { VERSIONS } from './support/versions.ts'
import { soon } from './support/within.ts'
import { docOf } from './support/yjs-documents.ts'

describe.each(VERSIONS)('y-websocket $name', (version) => {
  const world = useRelay(stock(version))

  test('[R3] two people read and write', async () => {
    const [ada, bob] = [await world.join(), await world.join()]
    ada.write('Hello')
    await bob.untilReads('Hello')
    bob.write(' there')
    bob.text.delete(0, 1)
    await ada.untilReads('ello there')
    expect(await world.storedWords()).toBe('ello there')
  })

  test('[R3] `synced` means that everything is there', async () => {
    const ada = await world.join()
    for (let i = 0; i < 50; i++) ada.write(`${i} `)
    const bob = await world.join()
    await bob.untilReads(ada.words)
    const cleo = await world.join()
    expect(cleo.words).toBe(ada.words)
  })

  test('[R2] what was written offline is uploaded after the way back', async () => {
    const [ada, bob] = [await world.join(), await world.join()]
    ada.write('one')
    await bob.untilReads('one')
    ada.provider.disconnect()
    ada.write(' two')
    bob.text.insert(0, 'zero ')
    ada.provider.connect()
    await ada.untilReads('zero one two')
    await bob.untilReads('zero one two')
    expect(await world.storedWords()).toBe('zero one two')
  })

  test('[R2] what was written while the relay was away is uploaded when it is back', async () => {
    const [ada, bob] = [await world.join(), await world.join()]
    ada.write('one')
    await bob.untilReads('one')
    for (const [before, after] of [
      ['zero ', ' two'],
      ['minus one ', ' three'],
    ] as const) {
      const words = before + ada.words + after
      await world.server.stop()
      ada.write(after)
      bob.text.insert(0, before)
      await world.server.start()
      await ada.untilReads(words)
      await bob.untilReads(words)
      expect(await world.storedWords()).toBe(words)
    }
  })

  test('[R3] a line that is cut while both write loses nothing', async () => {
    const [ada, bob] = [await world.join(), await world.join()]
    for (let i = 0; i < 20; i++) {
      ada.write(`a${i} `)
      bob.write(`b${i} `)
      if (i === 5) ada.cut()
      if (i === 10) bob.cut()
    }
    await ada.disconnected()
    await ada.synced()
    await soon(
      'both read the same',
      Promise.all([ada, bob].map((one) => one.until(() => one.words.length === 2 * 70))),
    )
    expect(ada.words).toBe(bob.words)
    expect(await world.storedWords()).toBe(ada.words)
  })

  test('[S8,S9] joining a document that knows all adds nothing to its log', async () => {
    const ada = await world.join()
    ada.write('abcdefgh')
    ada.text.delete(2, 3)
    const bob = await world.join()
    await bob.untilReads('abfgh')
    const before = await world.storedUpdates()
    for (let i = 0; i < 3; i++) {
      bob.provider.disconnect()
      bob.provider.connect()
      await bob.synced()
    }
    bob.write('!')
    await ada.untilReads('abfgh!')
    expect(await world.storedUpdates()).toBe(before + 1)
  })

  test('[C1] the sender hears its own update after it is stored', async () => {
    const ada = await world.join()
    const echo = new Promise<Uint8Array>((resolve) => {
      ada.onFrame((frame) => {
        if (frame[0] === 0 && frame[1] === 2) resolve(frame)
      })
    })
    ada.write('x')
    const frame = await echo
    expect(await world.storedWords()).toBe('x')
    expect(frame.length).toBeGreaterThan(4)
  })

  test('[R5] updates that come before what they build on are kept until it comes', async () => {
    const source = new Y.Doc()
    const updates: Uint8Array[] = []
    source.on('update', (update: Uint8Array) => updates.push(update))
    for (const letter of 'abc') source.getText('text').insert(source.getText('text').length, letter)
    const [first, second, third] = updates as [Uint8Array, Uint8Array, Uint8Array]
    const { relay } = world.server
    await relay.apply('doc', third, '')
    await relay.apply('doc', second, '')
    const ada = await world.join()
    expect(ada.words).toBe('')
    await relay.apply('doc', first, '')
    await ada.untilReads('abc')
    const bob = await world.join()
    expect(bob.words).toBe('abc')
    const read = docOf(await relay.read('doc'))
    expect(read.getText('text').toJSON()).toBe('abc')
  })
})
