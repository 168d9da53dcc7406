/**
 * Readers who take nothing for a while, until all that can wait for them on the way is full. The relay leaves things out
 * then; when they read again they lack nothing, and are not cut off for it.
 */
import { describe, expect, test } from 'vitest'
import { useProxy } from './support/far-place.ts'
import { KINDS } from './support/kinds.ts'
import { KolamClient } from './support/kolam-client.ts'
import { allRead, allSee, idsOf, type Person } from './support/person.ts'
import { useRelay } from './support/relay-world.ts'
import { soon } from './support/within.ts'

/** More than this machine's network and the relay together hold for one connection. */
const FLOOD = { times: 40, bytes: 200_000 }

describe.each(KINDS)('$name', ({ make }) => {
  const world = useRelay(make)
  const far = useProxy(world)

  test('[L6] who reads slowly gets everything that was written and deleted meanwhile', async () => {
    const [ada, bob] = await world.pair()
    const slow = await far.join()
    let cuts = 0
    void slow.disconnected().then(() => (cuts += 1))
    far.newestLine.hold(['down'])
    await flood(ada, bob)
    slow.write('slow')
    await ada.until(() => ada.words.includes('slow'))
    keepOnly(ada, 'slow')
    await bob.untilReads('slow')
    expect(cuts).toBe(0)
    far.newestLine.release()
    ada.write(' but whole')
    await soon('all read the same', allRead('slow but whole', ada, bob, slow))
    expect(cuts).toBe(0)
  })

  test('[L5] who reads slowly sees who came and who went meanwhile', async () => {
    const [ada, bob] = await world.pair()
    const slow = await far.join()
    await soon('all see all', allSee(ada, bob, slow))
    far.newestLine.hold(['down'])
    await flood(ada, bob)
    bob.destroy()
    await soon('ada sees bob go', ada.untilSees(bob, false))
    const cleo = await world.join()
    await soon('ada sees cleo come', ada.untilSees(cleo))
    expect(slow.sees(bob)).toBe(true)
    far.newestLine.release()
    await soon('all see all', allSee(ada, cleo, slow))
    expect(slow.people).toEqual(idsOf(ada, cleo, slow))
  })
})

describe('@kolam/client', () => {
  const world = useRelay((to) => new KolamClient(to))
  const far = useProxy(world)

  test('[L11] who writes and reads slowly is told that it is saved', async () => {
    const [ada, bob] = await world.pair()
    const slow = await far.join()
    slow.write('zero one')
    await bob.untilReads('zero one')
    await slow.saved()
    far.newestLine.hold(['down'])
    // A deletion, whose echo is on its way before there is too much, and an insertion, which is answered afterwards.
    slow.text.delete(0, 'zero '.length)
    await bob.untilReads('one')
    await flood(ada, bob)
    slow.text.insert(0, 'another ')
    await ada.until(() => ada.words.startsWith('another one'))
    expect(slow.client.save.name).toBe('saving')
    far.newestLine.release()
    await soon('it is saved', slow.saved())
    await soon(
      'all is read',
      slow.until(() => slow.text.length === ada.text.length),
    )
  })
})

/** Deletes what is before the word and behind it, wherever it came to stand among what others wrote. */
function keepOnly({ text }: Person, word: string): void {
  const before = text.toJSON().indexOf(word)
  text.delete(0, before)
  text.delete(word.length, text.length - word.length)
}

/** Writes more than can wait on the way to somebody, a piece at a time, while `reader` follows. */
async function flood(author: Person, reader: Person): Promise<void> {
  for (let time = 0; time < FLOOD.times; time++) {
    author.write('x'.repeat(FLOOD.bytes))
    await reader.until(() => reader.text.length === author.text.length)
  }
}
