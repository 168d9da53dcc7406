/**
 * Who may not come in, and who may not edit. Newer stock clients stay away from a close code between 4400 and 4499;
 * older ones come back whatever they are told, which must harm nobody.
 */
import type { Role } from '@kolam/relay'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { allSee } from './support/person.ts'
import { useRelay } from './support/relay-world.ts'
import { stock, type StockClient } from './support/stock-client.ts'
import { VERSIONS } from './support/versions.ts'
import { soon } from './support/within.ts'

/** A document that is asked for again and again, and what is said to those who ask. */
class Door {
  attempts = 0
  verdict: Role | number = 'editor'
  #tried = (): void => {}

  /** Everybody may do everything with the other documents. */
  readonly admit = (id: string): Role | number => {
    if (id !== 'guarded') return 'editor'
    this.attempts += 1
    this.#tried()
    return this.verdict
  }

  shut(code: number): void {
    this.attempts = 0
    this.verdict = code
  }

  /** Resolves when the document has been asked for so often. */
  untilAttempts(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.#tried = () => {
        if (this.attempts >= count) resolve()
      }
    })
  }
}

/** The refused hear it soon, so that a test of those who come back takes less time. */
const HASTY = { refusalDelayMs: 100 }

const PERMANENT = [4401, 4403, 4429]

describe.each(VERSIONS.filter(({ staysAway }) => staysAway))('y-websocket $name', (version) => {
  const door = new Door()
  const world = useRelay(stock(version), { admit: door.admit, limits: HASTY })

  test.each(PERMANENT)('who is closed with %i stays away until asked to come', async (code) => {
    door.shut(code)
    const ada = world.come({ id: 'guarded' })
    expect(await closed(ada)).toEqual({ code, reason: 'Not you' })
    expect(ada.provider.shouldConnect).toBe(false)
    // Somebody else is cut and comes back, which takes as long as the provider's first wait would have.
    const bob = await world.join()
    bob.cut()
    await bob.disconnected()
    await bob.synced()
    expect(door.attempts).toBe(1)
    door.verdict = 'editor'
    ada.provider.connect()
    await soon('it gets in', ada.synced())
  })
})

describe.each(VERSIONS.filter(({ staysAway }) => !staysAway))('y-websocket $name', (version) => {
  const door = new Door()
  const world = useRelay(stock(version), { admit: door.admit, limits: HASTY })

  test.each(PERMANENT)('who comes back although closed with %i harms nobody', async (code) => {
    door.shut(code)
    const again = door.untilAttempts(3)
    const ada = world.come({ id: 'guarded' })
    await soon('it comes back', again)
    const [bob, cleo] = await world.pair()
    bob.write('still served')
    await cleo.untilReads('still served')
    expect(ada.provider.synced).toBe(false)
    door.verdict = 'editor'
    await soon('it gets in', ada.synced())
  })
})

describe.each(VERSIONS)('y-websocket $name', (version) => {
  describe('at an open door', () => {
    const world = useRelay(stock(version), { limits: HASTY })

    test('[L9] what is no document id is not opened', async () => {
      const ada = world.come({ id: 'a b' })
      expect(await nextClose(ada)).toBe(4404)
      expect(ada.provider.shouldConnect).toBe(!version.staysAway)
    })

    test('[S1] who sends what is no message is closed and comes in again when asked to', async () => {
      const [ada, bob] = await world.pair()
      const closing = nextClose(ada)
      ada.socket.send(new Uint8Array([77]))
      expect(await closing).toBe(4400)
      await soon('bob sees ada go', bob.untilSees(ada, false))
      ada.provider.connect()
      await soon('ada is back', allSee(ada, bob))
    })
  })

  describe('where there is one place', () => {
    const world = useRelay(stock(version), { limits: { ...HASTY, roomPeersMax: 1 } })

    test('[L3] who finds no place comes back by itself and gets the one that is free', async () => {
      const ada = await world.join()
      ada.write('here')
      const bob = world.come()
      expect(await nextClose(bob)).toBe(1013)
      ada.destroy()
      await soon('bob gets in', bob.untilReads('here'))
    })
  })

  describe('as a viewer', () => {
    let role: Role = 'editor'
    const world = useRelay(stock(version), { admit: () => role })
    beforeEach(() => {
      role = 'editor'
    })

    test('[S2] edits are refused in so many words, and everything else goes on', async () => {
      const warn = vi.spyOn(console, 'warn').mockReturnValue()
      const editor = await world.join()
      editor.write('one')
      role = 'viewer'
      const viewer = await world.join()
      await soon('both see each other', allSee(viewer, editor))
      expect(viewer.words).toBe('one')
      const before = await world.storedUpdates()

      const refused = nextRefusal(viewer)
      viewer.write(' mine')
      await soon('it is told', refused)
      viewer.write(' and mine')
      editor.write(' two')
      await viewer.until(() => viewer.words.includes(' two'))
      expect(warn).toHaveBeenCalledOnce()
      expect(await world.storedUpdates()).toBe(before + 1)
      expect(await world.storedWords()).toBe('one two')
      expect(editor.words).toBe('one two')

      viewer.cut()
      await viewer.disconnected()
      await viewer.synced()
      await soon('both see each other', allSee(viewer, editor))
      expect(await world.storedWords()).toBe('one two')
      warn.mockRestore()
    })
  })
})

/** Resolves with the code by which the next connection is closed. */
function nextClose(client: StockClient): Promise<number> {
  return new Promise((resolve) => {
    client.provider.once('connection-close', (event) => resolve(event?.code ?? 0))
  })
}

/** Resolves when the provider says that it will not come back. */
function closed(client: StockClient): Promise<{ code: number; reason: string }> {
  return new Promise((resolve) => {
    client.provider.once('closed', resolve)
  })
}

/** Resolves when an `auth` message has come. */
function nextRefusal(client: StockClient): Promise<void> {
  return new Promise((resolve) => {
    client.onFrame((frame) => {
      if (frame[0] === 2) resolve()
    })
  })
}
