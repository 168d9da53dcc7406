/** What is larger than allowed, or only says so: refused before it costs anything. */
import { encodeAwarenessEntries, encodeMessage, LIMITS } from '@kolam/protocol'
import { Attacker } from './support/attacker.ts'
import { describe, expect, testOfRelay } from './support/attack-test.ts'
import { bytesOf, varUint } from './support/bytes.ts'
import { frameOf } from './support/frame.ts'
import { RawSocket } from './support/raw-socket.ts'
import { DOCUMENT, type Scene } from './support/scene.ts'

const test = testOfRelay()

const NOTHING = new Uint8Array()
const TWO_GIB = 2 ** 31

/** Updates whose counts promise what their bytes do not hold. */
const ABSURD_COUNTS = {
  'runs of structs': [...varUint(TWO_GIB), 1, 7, 0, 4],
  structs: [1, ...varUint(TWO_GIB), 7, 0, 0, 1],
  'structs beyond any number': [1, ...varUint(2 ** 55), 7, 0, 0, 1],
  letters: [1, 1, 7, 0, 4, 1, 1, 97, ...varUint(TWO_GIB), 97],
  'letters of a name': [1, 1, 7, 0, 4, 1, ...varUint(TWO_GIB), 97, 97],
  'JSON values': [1, 1, 7, 0, 2, 1, 1, 97, ...varUint(TWO_GIB), 97],
  values: [1, 1, 7, 0, 8, 1, 1, 97, ...varUint(TWO_GIB), 126],
  'items of a list': [1, 1, 7, 0, 8, 1, 1, 97, 1, 117, ...varUint(TWO_GIB), 126],
  'keys of an object': [1, 1, 7, 0, 8, 1, 1, 97, 1, 118, ...varUint(TWO_GIB), 126],
  bytes: [1, 1, 7, 0, 3, 1, 1, 97, ...varUint(TWO_GIB), 97],
  'people who deleted': [0, ...varUint(TWO_GIB), 7, 1, 0, 1],
  deletions: [0, 1, 7, ...varUint(TWO_GIB), 0, 1],
}

describe('oversized', () => {
  test('a frame that claims too much is closed with 1009 at its header', async ({ scene }) => {
    const { frameBytesMax } = LIMITS
    for (const claimedLength of [
      BigInt(frameBytesMax + 1),
      2n ** 31n,
      2n ** 53n,
      2n ** 62n,
      2n ** 64n - 1n,
    ]) {
      const raw = scene.welcome(await RawSocket.upgraded(scene.target.port, `/sync/${DOCUMENT}`))
      raw.write(frameOf(NOTHING, { claimedLength }))
      expect(await raw.closeCode(), `${claimedLength} bytes`).toBe(1009)
    }
  })

  test('a frame in pieces is measured as a whole', async ({ scene }) => {
    const raw = scene.welcome(await RawSocket.upgraded(scene.target.port, `/sync/${DOCUMENT}`))
    const piece = new Uint8Array(1024)
    raw.write(frameOf(piece, { fin: false }))
    raw.write(frameOf(NOTHING, { opcode: 0, claimedLength: BigInt(LIMITS.frameBytesMax) }))
    expect(await raw.closeCode()).toBe(1009)
  })

  test('a message over its own limits is closed', async ({ scene }) => {
    const { awarenessBytesMax, awarenessEntriesMax } = LIMITS
    const frames = {
      'an awareness message over 1 MiB': filled([1], awarenessBytesMax + 1),
      'a state vector over 4 MiB': filled([0, 0], LIMITS.stateVectorBytesMax + 1),
      'too many presence entries': presenceOf(awarenessEntriesMax + 1, 2),
    }
    expect(await codesFor(scene, frames)).toEqual({
      'an awareness message over 1 MiB': 1009,
      'a state vector over 4 MiB': 1009,
      'too many presence entries': 4400,
    })
  })

  test('a presence state over 64 KiB is not read and reaches nobody', async ({ scene }) => {
    const large = scene.welcome(await Attacker.open(scene.target))
    large.send(presenceOf(1, LIMITS.awarenessStateBytesMax + 1))
    expect(await large.outcome()).toBeNull()
    await scene.goesOn()
    const heard = [scene.ada, scene.bob].map(({ awareness }) => awareness.getStates().get(1) ?? {})
    expect(heard).toEqual([{}, {}])
  })

  test('what fills its limits is no reason to go', async ({ scene }) => {
    const large = scene.welcome(await Attacker.open(scene.target))
    large.send(presenceOf(15, LIMITS.awarenessStateBytesMax))
    large.say({ type: 'step1', stateVector: stateVectorOf(LIMITS.stateVectorBytesMax) })
    await large.until(() => large.of('step2').length === 1)
    expect(await large.outcome()).toBeNull()
  })

  test('an update that claims counts beyond its bytes is closed with 4400', async ({ scene }) => {
    const frames = Object.entries(ABSURD_COUNTS).flatMap(([name, bytes]) =>
      (['update', 'step2'] as const).map((type): [string, Uint8Array] => {
        return [`${name} in an ${type}`, encodeMessage({ type, update: bytesOf(bytes) })]
      }),
    )
    const codes = await codesFor(scene, Object.fromEntries(frames))
    expect(codes).toEqual(Object.fromEntries(frames.map(([name]) => [name, 4400])))
  })

  test('state vectors and presence that claim 2^31 entries are closed with 4400', async ({
    scene,
  }) => {
    const bytes = bytesOf(varUint(TWO_GIB), 1, 1)
    expect(await codeFor(scene, encodeMessage({ type: 'step1', stateVector: bytes }))).toBe(4400)
    expect(await codeFor(scene, encodeMessage({ type: 'awareness', bytes }))).toBe(4400)
  })
})

describe('a relay with small limits', () => {
  const small = testOfRelay({ limits: { frameBytesMax: 100_000 } })

  small('closes a whole frame over them with 1009', async ({ scene }) => {
    expect(await codeFor(scene, new Uint8Array(100_001))).toBe(1009)
  })
})

async function codeFor(scene: Scene, frame: Uint8Array): Promise<number | null> {
  const attacker = scene.welcome(await Attacker.open(scene.target))
  attacker.send(frame)
  return attacker.outcome()
}

/** What comes of each frame, on a connection of its own. */
async function codesFor(
  scene: Scene,
  frames: Readonly<Record<string, Uint8Array>>,
): Promise<Record<string, number | null>> {
  const codes: [string, number | null][] = []
  for (const [name, frame] of Object.entries(frames))
    codes.push([name, await codeFor(scene, frame)])
  return Object.fromEntries(codes)
}

/** A message of one body, which is so long. */
function filled(head: readonly number[], length: number): Uint8Array {
  const start = bytesOf(head, varUint(length))
  const frame = new Uint8Array(start.length + length)
  frame.set(start)
  return frame
}

/** So many people with states of so many bytes. */
function presenceOf(people: number, stateBytes: number): Uint8Array {
  const state = JSON.stringify('x'.repeat(stateBytes - 2))
  const entries = Array.from({ length: people }, (_, i) => ({ clientId: i + 1, clock: 1, state }))
  return encodeMessage({ type: 'awareness', bytes: encodeAwarenessEntries(entries) })
}

/** A sound state vector of almost so many bytes: again and again the same client with the same clock. */
function stateVectorOf(bytes: number): Uint8Array {
  const pairs = Math.floor(bytes / 2) - varUint(bytes).length
  const start = varUint(pairs)
  const stateVector = new Uint8Array(start.length + 2 * pairs).fill(7)
  stateVector.set(start)
  return stateVector
}
