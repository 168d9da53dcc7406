/**
 * Few bytes that cost much time. The server is a process of its own, so that one that hangs is seen from outside: the
 * honest stand still, and the test ends.
 */
import { encodeMessage } from '@kolam/protocol'
import { Attacker } from './support/attacker.ts'
import { describe, testOfProcess } from './support/attack-test.ts'
import { bytesOf, varUint } from './support/bytes.ts'
import { frameOf } from './support/frame.ts'
import { RawSocket } from './support/raw-socket.ts'
import { DOCUMENT, type Scene } from './support/scene.ts'
import { garbage, skip, text, updateOf } from './support/update-bytes.ts'

const test = testOfProcess()

const CLIENT = 900
const ROUNDS = 2

/** Two rounds take a fraction of a second where nobody attacks; what these updates cost took minutes. */
const SOON = { timeout: 60_000 }

describe('few bytes that cost much time', () => {
  test('an update of a hundred thousand pieces with holes between them', async ({ scene }) => {
    const structs = Array.from({ length: 100_000 }, () => [skip(1), garbage(1)]).flat()
    const update = updateOf([{ client: CLIENT, clock: 0, structs }])
    const attacker = scene.welcome(await Attacker.open(scene.target))
    attacker.say({ type: 'update', update })
    const isJudged = attacker.until(() =>
      attacker.of('update').some((one) => one.update.length === update.length),
    )
    await Promise.race([isJudged, scene.loss])
    await scene.goesOn(ROUNDS)
  })

  test('thousands of updates that all wait for the first', async ({ scene }) => {
    const frames = Array.from({ length: 1_500 }, (_, i) => {
      const structs = [text('x', { origin: [CLIENT, i] })]
      return encodeMessage({
        type: 'update',
        update: updateOf([{ client: CLIENT, clock: i + 1, structs }]),
      })
    })
    await send(scene, frames)
  })

  test('questions as large as they may be', async ({ scene }) => {
    const pairs = 600_000
    const ids = Array.from({ length: pairs }, (_, i) => [...varUint(2 ** 28 + i), 1]).flat()
    const stateVector = bytesOf(varUint(pairs), ids)
    await send(
      scene,
      Array.from({ length: 2 }, () => encodeMessage({ type: 'step1', stateVector })),
    )
  })

  test(
    'edits, and always other questions about them, from three who wait for their answers',
    SOON,
    async ({ scene }) => {
      const curious = await Promise.all([1, 2, 3].map(() => Attacker.open(scene.target)))
      const asking = curious.map((attacker, i) => ask(scene.welcome(attacker), i + 1))
      await scene.goesOn(ROUNDS)
      scene.dismiss()
      await Promise.all(asking)
    },
  )
})

/** How many edits and questions somebody sends, and how many of these wait for their answers. */
const TURNS = 3_000
const WAITING = 50

/** Edits a text letter by letter, and asks after each what somebody lacks whom nobody asked for before. */
async function ask(attacker: Attacker, client: number): Promise<void> {
  let answers = 0
  attacker.socket.on('message', (frame: Buffer) => {
    if (frame[0] === 0 && frame[1] === 1) answers += 1
  })
  for (let clock = 0; clock < TURNS && attacker.isOpen; clock++) {
    const place = clock === 0 ? { parent: 'foreign' } : { origin: [client, clock - 1] as const }
    const update = updateOf([{ client, clock, structs: [text('x', place)] }])
    const stateVector = bytesOf(1, varUint(CLIENT + clock), 1)
    attacker.say({ type: 'update', update }, { type: 'step1', stateVector })
    await attacker.until(() => answers >= clock - WAITING)
    attacker.frames.length = 0
  }
}

/** Somebody sends these and reads what comes, while the honest go on. */
async function send(scene: Scene, frames: readonly Uint8Array[]): Promise<void> {
  const raw = scene.welcome(await RawSocket.upgraded(scene.target.port, `/sync/${DOCUMENT}`))
  for (const frame of frames) {
    raw.write(frameOf(frame))
    await raw.drained()
  }
  await scene.goesOn(ROUNDS)
  raw.leave()
}
