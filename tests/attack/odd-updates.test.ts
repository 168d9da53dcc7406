/**
 * Updates that can be read and mean nonsense. The relay may refuse them or take them: either way the honest
 * go on, see the same, and whoever comes later does too.
 */
import { Attacker } from './support/attacker.ts'
import { describe, expect, testOfRelay } from './support/attack-test.ts'
import { type Honest, kolamHonest, stockHonest } from './support/honest.ts'
import { ODD_UPDATES } from './support/odd-updates.ts'
import type { Scene } from './support/scene.ts'
import { garbage, text, updateOf } from './support/update-bytes.ts'

/** Whatever breaks somebody does so well before. */
const SOON = { timeout: 60_000 }

/** Taken, malformed, other words at clocks that are taken, or garbage that comes before its time. */
const ALLOWED: readonly (number | null)[] = [null, 4400, 4409, 1013]

const test = testOfRelay()

describe('odd updates', () => {
  test.for(Object.entries(ODD_UPDATES))('%s', SOON, async ([, updates], { scene }) => {
    const [attacker, other] = [await Attacker.open(scene.target), await Attacker.open(scene.target)]
    scene.welcome(other)
    for (const update of updates) await sayAndHear(scene.welcome(attacker), update)
    other.say(...updates.map((update) => ({ type: 'step2', update }) as const))
    for (const code of [await attacker.outcome(), await other.outcome()]) {
      expect(ALLOWED).toContain(code)
    }
    await scene.goesOn(2)
  })
})

/** Large documents are put together in another way than small ones. */
describe('odd updates in a large document', () => {
  const SHAPES = 8_000
  const NEWCOMERS = 4

  test(
    'blocks of clients in the wrong order hide nothing from newcomers',
    SOON,
    async ({ scene }) => {
      const { ada, bob } = scene
      await draw(scene, SHAPES)
      const attacker = scene.welcome(await Attacker.open(scene.target))
      for (const { doc } of [ada, bob]) {
        const behind = { client: doc.clientID, clock: 10_000_000, structs: [garbage(1)] }
        const update = updateOf([{ client: 1, clock: 0, structs: [text('x')] }, behind])
        await sayAndHear(attacker, update)
      }
      await expectAllSee(scene, SHAPES)
    },
  )

  test('deletions in the wrong order are the same for newcomers', SOON, async ({ scene }) => {
    await draw(scene, SHAPES)
    const attacker = scene.welcome(await Attacker.open(scene.target))
    for (const update of ODD_UPDATES['deletions in the wrong order, of what comes later']!) {
      await sayAndHear(attacker, update)
    }
    await expectAllSee(scene, SHAPES)
  })

  /** Ada draws, and bob sees it. */
  async function draw({ ada, bob }: Scene, shapes: number): Promise<void> {
    for (let from = 0; from < shapes; from += shapes / 10) {
      ada.doc.transact(() => {
        for (let i = from; i < from + shapes / 10; i++) shapesOf(ada).set(`s${i}`, 'x'.repeat(150))
      })
    }
    await bob.until(() => shapesOf(bob).size === shapes)
  }

  /** One newcomer after the other, with edits between them, sees what the honest see. */
  async function expectAllSee(scene: Scene, shapes: number): Promise<void> {
    for (let i = 0; i < NEWCOMERS; i++) {
      await scene.goesOn()
      const come = i % 2 === 0 ? stockHonest : kolamHonest
      const newcomer = scene.welcome(come('newcomer', scene.place))
      await Promise.race([newcomer.synced(), scene.watch.crash])
      expect(shapesOf(newcomer).size).toBe(shapes)
      expect(lettersOf(newcomer), 'what the attacker wrote').toBe(lettersOf(scene.ada))
      newcomer.leave()
    }
  }
})

/** Sends an update, and waits until it came back or the attacker is sent away. */
async function sayAndHear(attacker: Attacker, update: Uint8Array): Promise<void> {
  attacker.say({ type: 'update', update })
  await attacker.until(() => attacker.of('update').some((echo) => isSame(echo.update, update)))
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0
}

function shapesOf({ doc }: Honest): ReturnType<Honest['doc']['getMap']> {
  return doc.getMap('shapes')
}

/** The rally writes numbers and names into the same text; of letters below `g` it writes none but in names. */
function lettersOf({ doc }: Honest): string {
  return doc
    .getText('talk')
    .toJSON()
    .replaceAll(/ada|bob|[^a-fx]/g, '')
}
