/** Messages that stop too early, at every byte: their senders go, nobody else notices. */
import { encodeMessage } from '@kolam/protocol'
import { Attacker } from './support/attacker.ts'
import { describe, expect, testOfRelay } from './support/attack-test.ts'
import { cutsOf } from './support/bytes.ts'
import type { Scene } from './support/scene.ts'
import { bodiedMessages, bodyOf, validFrames, withBody } from './support/valid-messages.ts'
import { slicesOf } from './support/waiting.ts'

const test = testOfRelay()

/** Senders at a time. */
const AT_ONCE = 40

describe('truncated', () => {
  test('every frame, cut at every byte, closes its sender with 4400', async ({ scene }) => {
    const cuts = validFrames().flatMap((frame) => [...cutsOf(frame)])
    await expectAllRefused(
      scene,
      cuts.filter((cut) => !isStump(cut)),
    )
  })

  test('every body that is looked into, cut at every byte in a frame that is whole', async ({
    scene,
  }) => {
    const cuts = bodiedMessages().flatMap((message) =>
      Array.from(cutsOf(bodyOf(message)), (body) => encodeMessage(withBody(message, body))),
    )
    await expectAllRefused(scene, cuts)
  })

  test('the two bytes that stock clients send by mistake are no reason to go', async ({
    scene,
  }) => {
    const clumsy = scene.welcome(await Attacker.open(scene.target))
    clumsy.send(...Array.from({ length: 100 }, () => Uint8Array.of(0, 0)))
    expect(await clumsy.outcome()).toBeNull()
  })
})

/** Each comes from a connection of its own, while the honest go on. */
async function expectAllRefused(scene: Scene, frames: readonly Uint8Array[]): Promise<void> {
  for (const some of slicesOf(frames, AT_ONCE)) {
    const codes = await Promise.all(some.map((frame) => codeFor(scene, frame)))
    const taken = some
      .filter((_, i) => codes[i] !== 4400)
      .map((frame) => Buffer.from(frame).toString('hex'))
    expect(taken, 'frames that were not refused').toEqual([])
    await scene.goesOn()
  }
}

async function codeFor(scene: Scene, frame: Uint8Array): Promise<number | null> {
  const attacker = await Attacker.open(scene.target)
  attacker.send(frame)
  const code = await attacker.outcome()
  attacker.leave()
  return code
}

function isStump(frame: Uint8Array): boolean {
  return frame.length === 2 && frame[0] === 0 && frame[1] === 0
}
