/** Kolam's client over HTTP alone, as a stream and as polls: all that holds over WebSocket holds there too. */
import { describe, expect, onTestFinished, test } from 'vitest'
import { type HttpWay, httpClient } from './support/http-clients.ts'
import { KolamClient } from './support/kolam-client.ts'
import { useProxy } from './support/far-place.ts'
import { allRead, allSee } from './support/person.ts'
import { useRelay } from './support/relay-world.ts'
import { soon, within } from './support/within.ts'

/** Far more than one request or one answer holds. */
const BIG_BYTES = 4 * 1024 * 1024

const WAYS: readonly HttpWay[] = ['stream', 'poll']

describe.each(WAYS)('over HTTP by %s', (way) => {
  const world = useRelay(httpClient(way))

  test('[T2] people see each other and what they write, both ways', async () => {
    const [ada, bob] = await world.pair()
    ada.write('one ')
    await bob.untilReads('one ')
    bob.write('two')
    await soon('both read all', allRead('one two', ada, bob))
    ada.say('cursor', { x: 1 })
    await soon(
      'bob sees the cursor',
      bob.untilPresence(() => bob.hears(ada, 'cursor') !== undefined),
    )
    await ada.saved()
    expect(await world.storedWords()).toBe('one two')
  })

  test('[T2] with somebody on a WebSocket they are in one room', async () => {
    const ada = await world.join()
    const bob = new KolamClient({ url: world.server.url })
    onTestFinished(() => bob.destroy())
    await soon('they see each other', allSee(ada, bob))
    bob.write('hello')
    await soon('it is read', ada.untilReads('hello'))
    expect(world.server.relay.stats).toMatchObject({ sessions: 2, rooms: 1 })
  })

  test('[T8] who leaves is gone for the others at once, and what was written last is there', async () => {
    const [ada, bob] = await world.pair()
    ada.write('last words')
    ada.disconnect()
    await soon('bob sees ada go', bob.untilSees(ada, false))
    await soon('bob reads it', bob.untilReads('last words'))
    expect(world.server.relay.stats.sessions).toBe(1)
  })

  test('[T4] saved is said when it is on the disk, not before', async () => {
    const ada = await world.join()
    await ada.saved()
    const disk = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    world.server.disk.before = (call) => {
      if (call !== 'append') return
      asked.resolve()
      return disk.promise
    }
    ada.write('one')
    await asked.promise
    expect(ada.client.save.name).toBe('saving')
    disk.resolve()
    await soon('it is saved', ada.saved())
    expect(await world.storedWords()).toBe('one')
  })

  test('[T2] a disk that fails is told, and that it works again', async () => {
    const ada = await world.join()
    let fails = true
    world.server.disk.before = (call) => {
      if (call === 'append' && fails) throw new Error('no space')
    }
    ada.write('one')
    await soon('it is degraded', becomes(ada, 'degraded'))
    fails = false
    await soon('it is live again', becomes(ada, 'live'))
    await soon('it is saved', ada.saved())
    expect(await world.storedWords()).toBe('one')
  })

  test('[T2,T6] a big document goes up and comes down', async () => {
    const ada = await world.join()
    ada.write('x'.repeat(BIG_BYTES))
    await within(20_000, 'it is saved', ada.saved())
    const bob = await within(20_000, 'bob has it', world.join())
    expect(bob.text.length).toBe(BIG_BYTES)
  })

  test('[T7] a server that restarts says so, and nothing is lost', async () => {
    const [ada, bob] = await world.pair()
    ada.write('one ')
    await soon('it is read', bob.untilReads('one '))
    await world.server.stop()
    await ada.disconnected()
    ada.write('two')
    expect(ada.client.save.name).toBe('local')
    await world.server.start()
    await within(20_000, 'both read all', allRead('one two', ada, bob))
    await within(20_000, 'both see each other', allSee(ada, bob))
  })
})

describe.each(WAYS)('at a guarded door, over HTTP by %s', (way) => {
  let verdict = 4401
  const world = useRelay(httpClient(way), { admit: () => verdict })

  test.each([4401, 4403, 4410, 4429])('[T1] who is closed with %i is told why', async (code) => {
    verdict = code
    const ada = world.come()
    await soon('it is refused', becomes(ada, 'refused'))
    expect(ada.client.state).toEqual({ name: 'refused', code, reason: 'Not you' })
    expect(world.server.relay.stats.closings.get(code)).toBe(1)
  })
})

describe.each(WAYS)('as a viewer over HTTP by %s', (way) => {
  const world = useRelay(httpClient(way), { admit: () => 'viewer' })

  test('[T1] edits are refused', async () => {
    const ada = await world.join()
    ada.write('mine')
    await soon('it is refused', becomes(ada, 'refused'))
    expect(await world.storedUpdates()).toBe(0)
  })
})

/** Resolves when the client's connection is in that state. */
async function becomes({ client }: KolamClient, name: string): Promise<void> {
  while (client.state.name !== name) {
    await new Promise<void>((resolve) => {
      const stop = client.on('state', () => {
        stop()
        resolve()
      })
    })
  }
}

describe('over HTTP by stream, through a line that is held', () => {
  const world = useRelay(httpClient('stream'))
  const far = useProxy(world)

  test('[T6] who reads slowly is sent less, and gets everything when it reads again', async () => {
    const [ada, bob] = await world.pair()
    const slow = await far.join()
    // The first connection carries the stream, the others what is sent.
    const [stream] = far.proxy.lines
    stream?.hold(['down'])
    for (let time = 0; time < 40; time++) {
      ada.write('x'.repeat(200_000))
      await bob.until(() => bob.text.length === ada.text.length)
    }
    slow.write('slow')
    await ada.until(() => ada.words.includes('slow'))
    stream?.release()
    ada.write('!')
    await within(
      20_000,
      'it has all',
      slow.until(() => slow.text.length === ada.text.length),
    )
    await within(20_000, 'it is saved', slow.saved())
    expect(world.server.relay.stats.resyncs).toBeGreaterThan(0)
  })
})
