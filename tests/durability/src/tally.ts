/** What is counted over a trial, and in which words it is said. */
import type { Finding } from './witness.ts'

export interface Tally {
  readonly kills: number
  /** How many of them lost something. */
  readonly losingKills: number
  /** How many edits were made. */
  readonly edits: number
  /** How many of them were called saved, and of those, how many are gone. */
  readonly saved: number
  readonly lostSaved: number
  /** How many of them somebody else had seen, and of those, how many are gone. */
  readonly seen: number
  readonly lostSeen: number
  /** How many documents were read at restarts, and how many were not what people were told. */
  readonly documents: number
  readonly unequal: number
  /** How many lines the server ended while it lived. */
  readonly hungUp: number
}

export const NOTHING: Tally = {
  kills: 0,
  losingKills: 0,
  edits: 0,
  saved: 0,
  lostSaved: 0,
  seen: 0,
  lostSeen: 0,
  documents: 0,
  unequal: 0,
  hungUp: 0,
}

/** What was found in these documents. */
export function tallyOf(findings: readonly Finding[]): Tally {
  const sum = (count: (finding: Finding) => number): number =>
    findings.reduce((total, finding) => total + count(finding), 0)
  return {
    ...NOTHING,
    saved: sum(({ saved }) => saved),
    lostSaved: sum(({ lostSaved }) => lostSaved.length),
    seen: sum(({ seen }) => seen),
    lostSeen: sum(({ lostSeen }) => lostSeen.length),
    documents: findings.length,
    unequal: sum(({ isWhole }) => (isWhole ? 0 : 1)),
  }
}

/** Both together. */
export function added(a: Tally, b: Tally): Tally {
  const names = Object.keys(NOTHING) as (keyof Tally)[]
  return Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) as unknown as Tally
}

/** Whether anything is not as people were told. */
export function hasLost({ lostSaved, lostSeen, unequal }: Tally): boolean {
  return lostSaved + lostSeen + unequal > 0
}

/** What was counted, in one line. */
export function lineOf(tally: Tally): string {
  return [
    `${tally.edits} edits`,
    `${tally.saved} called saved, lost ${tally.lostSaved}`,
    `${tally.seen} seen by others, lost ${tally.lostSeen}`,
    `${tally.documents} documents read, ${tally.unequal} not equal`,
    ...(tally.hungUp > 0 ? [`${tally.hungUp} lines ended before the kill`] : []),
  ].join('; ')
}
