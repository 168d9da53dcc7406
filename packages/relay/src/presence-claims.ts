/**
 * Who may say something about whose id. Ids are only numbers that anybody in the room can read and repeat, so whoever
 * speaks for one that is somebody else's may do so a few times only, and the other can always take it back. Decides;
 * keeps no presence.
 */
import { TokenBucket } from '@kolam/base'
import type { RawAwarenessEntry } from '@kolam/protocol'
import type { Limits } from './limits.ts'
import type { Person, Speaker } from './presence-people.ts'

/** When somebody says something, and what there are limits for. */
export interface Asked {
  readonly limits: Limits
  readonly now: number
}

/** A client that moved for a hundred years does not reach it, and all clocks below have room above. */
const FIRST_CLOCK_MAX = 2 ** 40

/** A hand that moved for three days without a connection comes back with a clock this much higher. */
const STEP_MAX = 2 ** 24

/** Up to here a clock that was not heard for a moment. A larger step is paid for, or clocks could be driven to their end. */
const FREE_STEP_MAX = 1024

/** Whether the speaker may say this of an id nobody spoke of. */
export function mayBear<Owner>(
  speaker: Speaker<Owner>,
  { clock }: RawAwarenessEntry,
  { limits, now }: Asked,
): boolean {
  if (clock > FIRST_CLOCK_MAX || speaker.ids.size >= limits.presenceIdsMax) return false
  speaker.born += 1
  return speaker.born <= limits.presenceIdsMax || pays(speaker, { limits, now })
}

/** Whether the speaker may advance this id's clock so far. */
export function mayAdvance<Owner>(
  speaker: Speaker<Owner>,
  { person, clock }: { person: Person<Owner>; clock: number },
  { limits, now }: Asked,
): boolean {
  const step = clock - person.clock
  if (step > STEP_MAX) return false
  if (person.owner !== speaker && speaker.ids.size >= limits.presenceIdsMax) return false
  if (step <= FREE_STEP_MAX && !isForeign(person, speaker)) return true
  return pays(speaker, { limits, now })
}

/** Whether somebody else who is here has the better right to it. */
export function isForeign<Owner>(person: Person<Owner>, speaker: Speaker<Owner>): boolean {
  if (person.owner === speaker || person.first === speaker) return false
  return person.owner !== null || person.first?.isHere === true
}

/**
 * Whether the speaker may say that this id is gone. A tab that lost its line says so of everybody, and the tab beside it
 * passes that on; whoever is here knows better.
 */
export function mayRemove<Owner>(person: Person<Owner>, speaker: Speaker<Owner>): boolean {
  const { home, owner, clientId } = person
  if (home === null || home === speaker || owner === speaker) return true
  return speaker.announced.has(clientId)
}

/** Those who have lost the id when this connection took it, and take it back if they are alive. */
export function others<Owner>(
  { owner, home, first }: Person<Owner>,
  speaker: Speaker<Owner>,
): Set<Speaker<Owner>> {
  const all = [home, first?.isHere ? first : null, home ? null : owner]
  return new Set(all.filter((other): other is Speaker<Owner> => !!other && other !== speaker))
}

/** Whether the speaker may do one more thing that is unusual. */
export function pays<Owner>(speaker: Speaker<Owner>, { limits, now }: Asked): boolean {
  speaker.claims ??= new TokenBucket(
    { perSecond: limits.presenceClaimsPerSecond, burst: limits.presenceClaimsBurst },
    now,
  )
  return speaker.claims.tryTake(1, now)
}
