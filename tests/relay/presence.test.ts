/**
 * Stock clients see who is there, and nobody else: at once after a line was cut, and after the relay was away. By
 * themselves they would take 15 s to see somebody again, and 30 s to forget who is gone.
 */
import { describe, expect, test } from 'vitest'
import { idsOf } from './support/person.ts'
import { useRelay } from './support/relay-world.ts'
import { stock } from './support/stock-client.ts'
import { VERSIONS } from './support/versions.ts'
import { soon } from './support/within.ts'

describe.each(VERSIONS)('y-websocket $name', (version) => {
  const world = useRelay(stock(version))

  test('[P4,P5] people see each other come and go', async () => {
    const [ada, bob] = await world.pair()
    const cleo = await world.join()
    await cleo.untilSees(ada)
    await cleo.untilSees(bob)
    ada.destroy()
    await soon('bob sees ada go', bob.untilSees(ada, false))
    expect(bob.sees(cleo)).toBe(true)
  })

  test('[P1] what somebody says of themselves is heard, the last of it', async () => {
    const [ada, bob] = await world.pair()
    for (let x = 0; x <= 100; x++) ada.say('cursor', { x })
    await soon(
      'bob hears the last',
      bob.untilPresence(
        () => JSON.stringify(bob.hears(ada, 'cursor')) === JSON.stringify({ x: 100 }),
      ),
    )
    ada.provider.awareness.setLocalState(null)
    await soon('bob sees ada hide', bob.untilSees(ada, false))
    expect(bob.people).toEqual(idsOf(bob))
    ada.provider.awareness.setLocalState({ name: `client ${ada.clientId}` })
    await soon('bob sees ada again', bob.untilSees(ada))
  })

  test('[P6,P7] after a cut line both see each other again at once, twice', async () => {
    const [ada, bob] = await world.pair()
    for (let round = 0; round < 2; round++) {
      ada.cut()
      await soon('bob sees ada go', bob.untilSees(ada, false))
      await soon('both are back', Promise.all([bob.untilSees(ada), ada.untilSees(bob)]))
    }
    expect(bob.people).toEqual(ada.people)
  })

  test('[P5] who crashes is no ghost, also when it had been cut and come back before', async () => {
    const [ada, bob] = await world.pair()
    for (let round = 0; round < 2; round++) {
      ada.cut()
      await soon('bob sees ada go', bob.untilSees(ada, false))
      await soon('bob sees ada again', bob.untilSees(ada))
    }
    ada.crash()
    await soon('bob sees ada go for good', bob.untilSees(ada, false))
    const cleo = await world.join()
    await soon('cleo sees bob', cleo.untilSees(bob))
    expect(cleo.people).toEqual(idsOf(bob, cleo))
  })

  test('[P5] two who crash one after the other are no ghosts', async () => {
    const [ada, bob] = await world.pair()
    const cleo = await world.join()
    await soon('all see all', Promise.all([cleo.untilSees(ada), cleo.untilSees(bob)]))
    ada.crash()
    await soon('cleo sees ada go', cleo.untilSees(ada, false))
    bob.crash()
    await soon('cleo sees bob go', cleo.untilSees(bob, false))
    expect(cleo.people).toEqual([cleo.clientId])
  })

  test('[P8] after restarts of the relay both see each other again, twice', async () => {
    const [ada, bob] = await world.pair()
    for (let round = 0; round < 2; round++) {
      await world.server.stop()
      await Promise.all([bob.untilSees(ada, false), ada.untilSees(bob, false)])
      await world.server.start()
      await Promise.all([ada.synced(), bob.synced()])
      await soon('both are back', Promise.all([bob.untilSees(ada), ada.untilSees(bob)]))
    }
    expect(bob.people).toEqual(ada.people)
  })

  test('[P5,P8] who goes while the relay is away is no ghost afterwards', async () => {
    const [ada, bob] = await world.pair()
    const cleo = await world.join()
    await soon('all see all', Promise.all([cleo.untilSees(ada), ada.untilSees(cleo)]))
    await world.server.stop()
    await Promise.all([ada, bob, cleo].map((one) => one.disconnected()))
    ada.crash()
    await world.server.start()
    await soon('the others are back', Promise.all([bob.untilSees(cleo), cleo.untilSees(bob)]))
    expect([bob.people, cleo.people]).toEqual([idsOf(bob, cleo), idsOf(bob, cleo)])
    bob.crash()
    await soon('cleo sees bob go', cleo.untilSees(bob, false))
  })
})
