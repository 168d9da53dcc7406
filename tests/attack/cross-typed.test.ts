/** Sound bytes in the wrong place: the relay's own messages, bodies of other messages, text, types nobody knows. */
import { encodeMessage } from '@kolam/protocol'
import { Attacker } from './support/attacker.ts'
import { describe, expect, testOfRelay } from './support/attack-test.ts'
import { bytesOf, varBytes, varUint } from './support/bytes.ts'
import type { Scene } from './support/scene.ts'
import { bodiedMessages, bodyOf, SERVER_ONLY, withBody } from './support/valid-messages.ts'

const test = testOfRelay()

const PROTOCOLS = [[], ['kolam.1'], ['other']]

/** Types of messages that exist; 105 is Kolam's too, and the relay's alone where it is spoken. */
const TYPES = [0, 1, 2, 3, 100, 101, 102, 103, 104]

describe('cross-typed', () => {
  test('messages only a relay may send close their senders with 4400', async ({ scene }) => {
    const frames = Object.values(SERVER_ONLY).map((message) => encodeMessage(message))
    const part = bytesOf(105, varBytes([0, 0]))
    for (const frame of [...frames, part]) {
      for (const protocols of PROTOCOLS) {
        expect(await codeFor(scene, [frame], protocols), frame.join()).toBe(4400)
      }
    }
  })

  test('the body of one message in another is refused with 4400', async ({ scene }) => {
    const messages = bodiedMessages()
    for (const message of messages) {
      for (const other of messages.filter(({ type }) => isOther(message.type, type))) {
        const frame = encodeMessage(withBody(message, bodyOf(other)))
        expect(await codeFor(scene, [frame]), `${other.type} in ${message.type}`).toBe(4400)
      }
    }
    await scene.goesOn()
  })

  test('two messages in one frame are refused where the second would be lost', async ({
    scene,
  }) => {
    for (const message of bodiedMessages().filter(({ type }) => type !== 'awareness')) {
      const frame = encodeMessage(message)
      expect(await codeFor(scene, [bytesOf(frame, frame)]), message.type).toBe(4400)
    }
  })

  test('types that do not exist are refused with 4400', async ({ scene }) => {
    const types = [...Array.from({ length: 200 }, (_, type) => type), 2 ** 31, 2 ** 53 - 1, 2 ** 60]
    for (const type of types.filter((type) => !TYPES.includes(type))) {
      expect(await codeFor(scene, [bytesOf(varUint(type), 0)]), `type ${type}`).toBe(4400)
    }
    for (const step of [3, 4, 127, 2 ** 31]) {
      expect(await codeFor(scene, [bytesOf(0, varUint(step), 0)]), `step ${step}`).toBe(4400)
    }
  })

  test('text is refused, whatever it says', async ({ scene }) => {
    // The last one would be a ping if it were binary.
    for (const text of ['', 'hello', '{"type":"ping"}', '\0', 'x'.repeat(100_000), 'd\u0007']) {
      const attacker = scene.welcome(await Attacker.open(scene.target))
      attacker.socket.send(text)
      expect(await attacker.closed, text.slice(0, 20)).toBe(4400)
    }
  })

  test('what comes after a bad message is not heard', async ({ scene }) => {
    const [update] = bodiedMessages().filter(({ type }) => type === 'update')
    expect(await codeFor(scene, [bytesOf(99), encodeMessage(update!)])).toBe(4400)
    await scene.goesOn()
    expect(scene.ada.doc.getText('foreign').toJSON()).toBe('')
  })
})

/** What comes of frames from a connection of their own. */
async function codeFor(
  scene: Scene,
  frames: readonly Uint8Array[],
  protocols: readonly string[] = [],
): Promise<number | null> {
  const attacker = scene.welcome(await Attacker.open(scene.target, { protocols }))
  attacker.send(...frames)
  const code = await attacker.outcome()
  attacker.leave()
  return code
}

/** Both kinds of edits have the same body. */
function isOther(type: string, other: string): boolean {
  const edits = ['step2', 'update']
  return type !== other && !(edits.includes(type) && edits.includes(other))
}
