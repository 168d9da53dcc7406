/**
 * As much as the network takes, from clients that do not read what they are answered. How the relay defends itself
 * (slower, closed, not at all) is its own affair: the honest must not notice.
 */
import { encodeAwarenessEntries, encodeMessage, type Message } from '@kolam/protocol'
import * as Y from 'yjs'
import { Attacker } from './support/attacker.ts'
import { describe, expect, testOfRelay, testOfServer } from './support/attack-test.ts'
import { bytesOf, varUint } from './support/bytes.ts'
import { frameOf } from './support/frame.ts'
import { RawSocket } from './support/raw-socket.ts'
import { DOCUMENT, type Scene } from './support/scene.ts'
import { text, updateOf } from './support/update-bytes.ts'

const PATH = `/sync/${DOCUMENT}`
const EMPTY_VECTOR = Uint8Array.of(0)

/** How much honest work must get through a flood. */
const ROUNDS = 2

/** Where a flood is more than any hand sends, and its end is still near. */
const FLOOD_FRAMES = 20_000

/** Frames in one write. */
const CHUNK = 200

/** The nth message of a flood. */
const FLOODS: Readonly<Record<string, (n: number) => Message>> = {
  pings: (nonce) => ({ type: 'ping', nonce }),
  'questions who is there': () => ({ type: 'queryAwareness' }),
  'questions for everything': () => ({ type: 'step1', stateVector: EMPTY_VECTOR }),
  'questions for something else each time': (n) => ({
    type: 'step1',
    stateVector: bytesOf(1, varUint(n + 1), 1),
  }),
  'presence that moves': (n) => presence([{ clientId: 1, clock: n, state: `{"at":${n}}` }]),
  'presence of always somebody else': (n) => presence([{ clientId: n, clock: 1, state: '{}' }]),
  'large presence': (n) =>
    presence([{ clientId: 1, clock: n, state: JSON.stringify('x'.repeat(10_000)) }]),
  'coming and going': (n) =>
    presence([{ clientId: 1, clock: n, state: n % 2 === 0 ? '{}' : 'null' }]),
  'tiny edits': (n) => ({ type: 'update', update: letter(n) }),
  'uploads of what is known': () => ({ type: 'step2', update: letter(0) }),
}

describe('floods', () => {
  const test = testOfServer()

  test.for(Object.entries(FLOODS))('of %s', async ([, message], { scene }) => {
    await flood(scene, (n) => frameOf(encodeMessage(message(n))))
  })

  test('of WebSocket pings', async ({ scene }) => {
    await flood(scene, (n) => frameOf(bytesOf(n & 0xff), { opcode: 9 }))
  })

  test('from three who mix everything', async ({ scene }) => {
    const messages = Object.values(FLOODS)
    const { length } = messages
    const mix = (n: number): Buffer =>
      frameOf(encodeMessage(messages[n % length]!(Math.floor(n / length))))
    await Promise.all([1, 2, 3].map(() => flood(scene, mix, FLOOD_FRAMES / 10)))
  })
})

describe('crowds', () => {
  const test = testOfServer()
  const CROWD = 200

  test('of connections from one address', async ({ scene }) => {
    const crowd = await Promise.all(
      Array.from({ length: CROWD }, () => Attacker.open(scene.target)),
    )
    for (const [i, attacker] of crowd.entries()) {
      scene.welcome(attacker)
      attacker.say({ type: 'step1', stateVector: EMPTY_VECTOR })
      attacker.say(presence([{ clientId: i + 1, clock: 1, state: '{}' }]))
    }
    await scene.goesOn(ROUNDS)
    const codes = await Promise.all(crowd.map((attacker) => attacker.outcome()))
    expect(codes.filter((code) => ![null, 1013, 4429].includes(code))).toEqual([])
  })

  test('that come and go without end', async ({ scene }) => {
    for (let time = 0; time < 10; time++) {
      const crowd = await Promise.all(Array.from({ length: 50 }, () => Attacker.open(scene.target)))
      for (const attacker of crowd) attacker.leave()
      await scene.goesOn()
    }
  })
})

describe('crowds in rooms of their own', () => {
  const test = testOfRelay()

  test('leave nothing behind', async ({ scene }) => {
    const ids = Array.from({ length: 250 }, (_, i) => `room-${i}`)
    const crowd = await Promise.all(ids.map((id) => Attacker.open(scene.target, { id })))
    for (const attacker of crowd) scene.welcome(attacker).say({ type: 'update', update: letter(1) })
    await scene.goesOn(ROUNDS)
    const codes = await Promise.all(crowd.map((attacker) => attacker.outcome()))
    expect(codes.filter((code) => ![null, 1013, 4429].includes(code))).toEqual([])
    expect(await scene.target.fullness()).toMatchObject({ sessions: 252, rooms: 251 })
  })
})

describe('a large document', () => {
  const test = testOfRelay()
  const QUESTIONS = 300

  test.for([true, false])(
    'is asked for hundreds of times, reading: %s',
    async (reads, { scene }) => {
      await scene.target.relay.apply(DOCUMENT, largeUpdate(), '')
      const raw = scene.welcome(await RawSocket.upgraded(scene.target.port, PATH))
      if (!reads) raw.socket.pause()
      for (let n = 0; n < QUESTIONS; n++) {
        const stateVector = n % 2 === 0 ? EMPTY_VECTOR : bytesOf(1, varUint(n), 1)
        raw.write(frameOf(encodeMessage({ type: 'step1', stateVector })))
      }
      await scene.goesOn(ROUNDS)
    },
  )
})

/** One attacker writes as fast as it can, and reads nothing, until the honest have done their work. */
async function flood(
  scene: Scene,
  frame: (n: number) => Buffer,
  frames = FLOOD_FRAMES,
): Promise<void> {
  const raw = scene.welcome(await RawSocket.upgraded(scene.target.port, PATH))
  raw.socket.pause()
  async function write(): Promise<void> {
    for (let n = 0; n < frames && !raw.socket.destroyed; n += CHUNK) {
      raw.write(Buffer.concat(Array.from({ length: CHUNK }, (_, i) => frame(n + i))))
      await raw.drained()
    }
  }
  const writing = write()
  await scene.goesOn(ROUNDS)
  raw.leave()
  await writing
}

function presence(entries: { clientId: number; clock: number; state: string }[]): Message {
  return { type: 'awareness', bytes: encodeAwarenessEntries(entries) }
}

/** The nth letter of a text that one attacker types. */
function letter(n: number): Uint8Array {
  const structs = [text('x', n === 0 ? { parent: 'foreign' } : { origin: [FLOODER, n - 1] })]
  return updateOf([{ client: FLOODER, clock: n, structs }])
}

const FLOODER = 77

/** Some megabytes in many structs, as a board of many shapes. */
function largeUpdate(): Uint8Array {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (let i = 0; i < 20_000; i++) doc.getMap('shapes').set(`s${i}`, 'x'.repeat(150))
  })
  return Y.encodeStateAsUpdate(doc)
}
