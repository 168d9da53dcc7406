/**
 * One kill: people come with empty hands, write, and the server is killed under them at some moment. It is started again
 * on its folder, and before anybody else may come, fresh readers look at what there is.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Random, seededRandom } from '@kolam/base'
import { within } from '../../relay/support/within.ts'
import { between } from '../../soak/src/chance.ts'
import { Person } from './person.ts'
import { readFresh } from './reading.ts'
import type { MortalServer, Subject } from './subject.ts'
import { hasLost, type Tally, tallyOf } from './tally.ts'
import { type Finding, isFault, type Witness } from './witness.ts'

/** The server is killed no sooner after everybody is in. */
const SOONEST_MS = 50
const JOIN_LIMIT_MS = 60_000
const SIGHT_LIMIT_MS = 30_000
const CLOSE_LIMIT_MS = 30_000

/** What a round stands on. */
export interface Scene {
  readonly subject: Subject
  readonly server: MortalServer
  readonly random: Random
  /** How many people come, spread over the documents. */
  readonly people: number
  /** The server is killed no later after everybody is in. */
  readonly latestMs: number
  readonly witnesses: readonly Witness[]
  readonly say: (line: string) => void
}

/** The server has come back when this resolves, and nobody is there. */
export async function round(name: string, scene: Scene): Promise<Tally> {
  const people = invite(name, scene)
  try {
    const hungUp = await killUnder(people, scene)
    const tally = await lookAt(scene.witnesses, scene)
    const edits = people.reduce((sum, person) => sum + person.edits, 0)
    return { ...tally, kills: 1, losingKills: hasLost(tally) ? 1 : 0, edits, hungUp }
  } finally {
    for (const person of people) person.leave()
  }
}

/** What fresh readers find in these documents. */
export async function lookAt(witnesses: readonly Witness[], scene: Scene): Promise<Tally> {
  const { subject, server, say } = scene
  const looks = witnesses.map(async (witness) => {
    const place = { syncUrl: server.syncUrl, id: witness.id }
    const finding = witness.look(await readFresh(subject, place, (doc) => witness.isIn(doc)))
    if (subject.promises && isFault(finding)) say(faultOf(witness, finding))
    return finding
  })
  return tallyOf(await Promise.all(looks))
}

function faultOf({ id }: Witness, { lostSeen, lostSaved, isWhole }: Finding): string {
  const whole = isWhole ? 'nothing beneath' : 'structs or deletions beneath'
  return `${id} lost of what was seen [${lostSeen.join()}], of what was saved [${lostSaved.join()}], ${whole}`
}

/** Everybody is on the way. */
function invite(name: string, scene: Scene): Person[] {
  const { subject, server, random, witnesses } = scene
  return Array.from({ length: scene.people }, (_, seat) => {
    const witness = witnesses[seat % witnesses.length]
    if (!witness) throw new Error('There is no document')
    return new Person(`${name}.${seat}`, {
      guest: subject.join({ syncUrl: server.syncUrl, id: witness.id }),
      witness,
      // Of their own, so that what they choose does not depend on who is faster.
      random: seededRandom(random() * 2 ** 32),
    })
  })
}

/**
 * Kills the server while everybody writes, and starts it again when everybody has gone: at any moment, or, every other
 * time, as soon as somebody then sees an edit, which a server that shows first and stores then has not stored yet. What came before the lines
 * ended counts as seen, read by the moment of the kill or not: the server has shown it. Returns how many lines the
 * server had ended while it lived.
 */
async function killUnder(people: readonly Person[], scene: Scene): Promise<number> {
  const { server, random, latestMs } = scene
  const killMs = between(random, SOONEST_MS, latestMs)
  const isAtSight = random() < 0.5
  await all(people, 'synced', JOIN_LIMIT_MS)
  for (const person of people) person.begin()
  await sleep(killMs)
  if (isAtSight) await sight(people)
  const hungUp = people.filter(({ hasGone }) => hasGone).length
  const killed = server.kill()
  for (const person of people) person.stop()
  await killed
  await all(people, 'closed', CLOSE_LIMIT_MS)
  await server.start()
  return hungUp
}

/** Somebody has just seen somebody else's edit. */
async function sight(people: readonly Person[]): Promise<void> {
  await within(SIGHT_LIMIT_MS, 'see an edit', Promise.race(people.map((one) => one.nextSight())))
}

async function all(
  people: readonly Person[],
  what: 'synced' | 'closed',
  limitMs: number,
): Promise<void> {
  await within(limitMs, `all are ${what}`, Promise.all(people.map(({ guest }) => guest[what])))
}
