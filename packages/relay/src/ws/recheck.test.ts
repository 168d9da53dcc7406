import { type Clock, ManualClock } from '@kolam/base'
import { describe, expect, test } from 'vitest'
import { editing, gate, settle, toyUpdate } from '../testing/index.ts'
import type { Admission } from '../door/admission.ts'
import { Client, serve, type ServedOptions } from './testing/index.ts'

const GONE = { ok: false, code: 4403, reason: 'Your link was taken back' } as const

/** Who may do what, by the `?name` of the URL; everybody is an editor until a test says otherwise. */
class Access {
  readonly answers = new Map<string, Admission | Promise<Admission>>()
  readonly asked: string[] = []

  readonly authorize: NonNullable<ServedOptions['authorize']> = ({ url }) => {
    const name = url!.split('?')[1]!
    this.asked.push(name)
    return this.answers.get(name) ?? { ok: true, role: 'editor', person: name }
  }

  set(name: string, change: Partial<Admission & { ok: true }>): void {
    this.answers.set(name, { ok: true, role: 'editor', person: name, ...change })
  }
}

async function room(options: ServedOptions = {}) {
  const access = new Access()
  const served = await serve({ authorize: access.authorize, ...options })
  const join = (name: string, id = 'doc') => Client.join(`${served.url}${id}?${name}`, ['kolam.1'])
  const [ada, bob] = [await join('ada'), await join('bob')]
  access.asked.length = 0
  return { ...served, access, join, ada, bob }
}

function fail(): never {
  throw new Error('no database')
}

describe('recheck', () => {
  test('[H10] whose link was taken back gets nothing from then on, and is closed', async () => {
    const { access, service, ada, bob } = await room()
    access.answers.set('bob', GONE)
    const asked = service.recheck()
    ada.say(editing(1, 0))
    await ada.until(() => ada.of('update').length === 1)
    await asked
    expect(await bob.closed).toEqual({ code: 4403, reason: 'Your link was taken back' })
    expect(bob.of('update')).toEqual([])
    expect(access.asked).toEqual(['ada', 'bob'])
    await ada.ping(1)
  })

  test('[H10] while it is being asked nothing is sent, and whoever stays lacks nothing', async () => {
    const { access, service, ada, bob } = await room()
    const known = gate()
    access.answers.set(
      'bob',
      known.passed.then(() => ({ ok: true, role: 'viewer', person: 'bob' }) as const),
    )
    const asked = service.recheck({ person: 'bob' })
    const before = bob.messages.length
    for (let i = 0; i < 5; i++) ada.say(editing(1, i))
    await ada.until(() => ada.of('update').length === 5)
    bob.say(editing(2, 0), { type: 'ping', nonce: 7 })
    await ada.ping(1)
    expect(bob.messages).toHaveLength(before)
    known.open()
    await asked
    await bob.until(() => bob.of('pong').length === 1)
    // What was sent while nobody knew is judged by what they learned.
    await bob.until(() => bob.of('auth').length === 1)
    bob.say({ type: 'step1', stateVector: new Uint8Array([0]) })
    await bob.until(() => bob.of('step2', 'update').length > 0)
    expect(access.asked).toEqual(['bob'])
  })

  test('[H10] who reads slowly does not get what waits in the network either', async () => {
    const { access, service, relay, ada } = await room()
    const structs = [{ client: 1, clock: 0, length: 1 }]
    await relay.apply('doc', toyUpdate({ structs, deleted: ['x'.repeat(20_000_000)] }), '')
    ada.socket.pause()
    ada.say({ type: 'step1', stateVector: new Uint8Array([0]) })
    while (relay.stats.sentBytes < 20_000_000) await new Promise(setImmediate)
    access.answers.set('ada', GONE)
    await service.recheck({ person: 'ada' })
    ada.socket.resume()
    expect([(await ada.closed).code, ada.of('step2')]).toEqual([1006, []])
    expect(relay.stats.closings.get(4403)).toBe(1)
  })

  test('[H10] a new role holds at once, in both directions', async () => {
    const { access, service, ada } = await room()
    access.set('ada', { role: 'viewer' })
    await service.recheck()
    ada.say(editing(1, 0))
    await ada.until(() => ada.of('auth').length === 1)
    access.set('ada', { role: 'manager' })
    await service.recheck()
    ada.say(editing(2, 0))
    await ada.until(() => ada.of('update').length === 1)
    expect(ada.of('update')).toEqual([editing(2, 0)])
  })

  test('[H10] only those are asked about who are meant', async () => {
    const { access, service, join } = await room()
    await join('ada', 'other')
    access.asked.length = 0
    await service.recheck({ person: 'ada' })
    await service.recheck({ id: 'other' })
    await service.recheck({ id: 'doc', person: 'ada' })
    await service.recheck({ id: 'other', person: 'bob' })
    expect(access.asked).toEqual(['ada', 'ada', 'ada', 'ada'])
    await service.recheck({})
    expect(access.asked).toHaveLength(7)
  })

  test.each<[string, () => Admission | Promise<Admission>]>([
    ['throws', fail],
    ['rejects', () => Promise.reject(new Error('no database'))],
    ['talks nonsense', () => ({ ok: true, role: 'owner' }) as unknown as Admission],
    ['names somebody else', () => ({ ok: true, role: 'editor', person: 'eve' })],
  ])('[H10] an authoriser that %s lets nobody stay', async (_, answer) => {
    let isKnown = true
    const { url, service } = await serve({
      limits: { refusalsWaitingMax: 9 }, // only who was never in has to wait for the word
      authorize: () => (isKnown ? { ok: true, role: 'editor', person: 'ada' } : answer()),
    })
    const ada = await Client.join(`${url}doc`)
    isKnown = false
    await service.recheck()
    expect(await ada.closed).toEqual({ code: 1013, reason: 'Cannot tell who you are' })
  })

  test('[H10] one that hangs lets nobody stay for longer than its time', async () => {
    const { access, service, clock, ada } = await room({ limits: { recheckMs: 500 } })
    access.answers.set('ada', new Promise(() => {}))
    const asked = service.recheck({ person: 'ada' })
    await settle()
    clock.advance(499)
    expect(ada.socket.readyState).toBe(ada.socket.OPEN)
    clock.advance(1)
    await asked
    expect(await ada.closed).toEqual({ code: 1013, reason: 'Cannot tell who you are' })
  })

  test('[H10] who leaves meanwhile is waited for no longer', async () => {
    const { access, service, ada, clock } = await room()
    access.answers.set('ada', new Promise(() => {}))
    const asked = service.recheck({ person: 'ada' })
    ada.socket.terminate()
    await asked
    expect(clock.pending).toBe(0)
  })

  test('[H11] a permission that expires is asked for again, and only then', async () => {
    const { access, clock, join } = await room()
    access.set('cleo', { expiresAt: clock.now() + 5_000 })
    const cleo = await join('cleo')
    access.asked.length = 0
    clock.advance(4_999)
    await settle()
    expect(access.asked).toEqual([])
    access.set('cleo', { role: 'viewer', expiresAt: clock.now() + 5_000 })
    clock.advance(1)
    await settle()
    expect(access.asked).toEqual(['cleo'])
    cleo.say(editing(1, 0))
    await cleo.until(() => cleo.of('auth').length === 1)
    access.answers.set('cleo', GONE)
    clock.advance(4_999)
    expect((await cleo.closed).code).toBe(4403)
    await settle()
    expect(clock.pending).toBe(0)
  })

  test('[H11] timers shorter than the permission change nothing', async () => {
    const clock = new ManualClock(1_000_000)
    const short: Clock = {
      now: () => clock.now(),
      after: (ms, run) => clock.after(Math.min(ms, 1_000), run),
    }
    const { access, join } = await room({ clock: short })
    access.set('cleo', { expiresAt: clock.now() + 5_000 })
    const cleo = await join('cleo')
    access.asked.length = 0
    clock.advance(4_999)
    await settle()
    expect(access.asked).toEqual([])
    clock.advance(1)
    expect((await cleo.closed).code).toBe(4401)
  })

  test('[H11] one that is not renewed ends with 4401', async () => {
    const { access, clock, join } = await room()
    access.set('cleo', { expiresAt: clock.now() + 5_000 })
    const cleo = await join('cleo')
    clock.advance(5_000)
    expect(await cleo.closed).toEqual({
      code: 4401,
      reason: 'Cannot go on: the permission has expired',
    })
  })

  test('[H11] a connection that closes forgets when its permission expires', async () => {
    const { access, clock, join, relay } = await room()
    access.set('cleo', { expiresAt: clock.now() + 5_000 })
    const cleo = await join('cleo')
    expect(clock.pending).toBe(1)
    cleo.socket.terminate()
    while (relay.stats.sessions > 2) await new Promise(setImmediate)
    expect(clock.pending).toBe(0)
  })

  test('[H12] many rechecks at once are one question, and the last decides', async () => {
    const { access, service, ada } = await room()
    const late = gate()
    const stale = late.passed.then(() => ({ ok: true, role: 'editor', person: 'ada' }) as const)
    access.answers.set('ada', stale)
    const asked = [service.recheck({ person: 'ada' }), service.recheck({ person: 'ada' })]
    await settle()
    expect(access.asked).toEqual(['ada'])
    access.answers.set('ada', GONE)
    asked.push(service.recheck({ person: 'ada' }))
    late.open()
    await Promise.all(asked)
    expect(access.asked).toEqual(['ada', 'ada'])
    expect((await ada.closed).code).toBe(4403)
  })

  test('[H12] who is still at the door is asked about anew', async () => {
    const { access, service, url } = await room()
    const late = gate()
    const stale = late.passed.then(() => ({ ok: true, role: 'editor', person: 'cleo' }) as const)
    access.answers.set('cleo', stale)
    const cleo = await Client.open(`${url}doc?cleo`)
    access.answers.set('cleo', GONE)
    const asked = service.recheck({ person: 'cleo' }) // who it is is not known yet, so it may be
    late.open()
    await asked
    expect((await cleo.closed).code).toBe(4403)
    expect(cleo.messages).toEqual([])
  })
})
