/** A whole run against one server: kill after kill on one folder, and a last look at every document there ever was. */
import { seededRandom } from '@kolam/base'
import { lookAt, round, type Scene } from './round.ts'
import type { MortalServer, Subject } from './subject.ts'
import { added, hasLost, lineOf, NOTHING, type Tally } from './tally.ts'
import { Witness } from './witness.ts'

/** What a run is asked for. */
export interface TrialOptions {
  readonly subject: Subject
  readonly kills: number
  readonly people: number
  /** At a time. */
  readonly documents: number
  readonly seed: number
  /** How long people write before the kill, at most; `LATEST_MS` unless given. */
  readonly latestMs?: number
  /** Called with a line of text now and then. */
  readonly say: (line: string) => void
}

/** Long enough to be in the middle of everything, short enough for many kills. */
export const LATEST_MS = 1_500

/** After so many kills people go on in new documents, or every round would be slower than the one before. */
const KILLS_PER_DOCUMENT = 20

/** Kills the server again and again. Its folder goes at the end, unless it holds what must be looked into. */
export async function trial(options: TrialOptions): Promise<Tally> {
  const { subject, say } = options
  const server = await subject.create()
  const kill = (): void => void server.kill()
  process.once('exit', kill)
  let isEvidence = true
  try {
    const tally = await allRounds(options, server)
    isEvidence = subject.promises && hasLost(tally)
    return tally
  } finally {
    process.off('exit', kill)
    if (isEvidence) {
      await server.kill()
      say(`${subject.name}: the data is in ${server.folder}`)
    } else await server.dispose()
  }
}

async function allRounds(options: TrialOptions, server: MortalServer): Promise<Tally> {
  const { subject, kills, people, latestMs = LATEST_MS, say } = options
  const random = seededRandom(options.seed)
  const everything: Witness[] = []
  let witnesses: Witness[] = []
  let tally = NOTHING
  const scene = (): Scene => ({ subject, server, random, people, latestMs, witnesses, say })
  for (let number = 1; number <= kills; number++) {
    if ((number - 1) % KILLS_PER_DOCUMENT === 0) {
      witnesses = newDocuments(number, options.documents)
      everything.push(...witnesses)
    }
    const found = await round(`${number}`, scene())
    tally = added(tally, found)
    say(`${subject.name}, kill ${number} of ${kills}: ${lineOf(found)}`)
  }
  const last = await lookAt(everything, scene())
  if (hasLost(last)) say(`${subject.name}, at the end: ${lineOf(last)}`)
  return added(tally, last)
}

function newDocuments(number: number, count: number): Witness[] {
  return Array.from({ length: count }, (_, index) => new Witness(`board-${number}-${index}`))
}
