/** What happens to the people of a run and to their lines. Each returns how it is mended, where it does not mend itself. */
import type { Random } from '@kolam/base'
import type { Direction } from '../../relay/support/tcp-proxy.ts'
import { between, pick, type Weighted } from './chance.ts'
import type { Guest } from './guest.ts'

/** What ends a trouble, and after how long. */
export interface Mending {
  readonly seconds: number
  readonly mend: () => void
}

/** One kind of trouble. */
export interface Trouble extends Weighted {
  readonly name: string
  run(guest: Guest, random: Random): Mending | null
}

const HOLDS: readonly (readonly Direction[])[] = [['up', 'down'], ['up'], ['down']]

export const TROUBLES: readonly Trouble[] = [
  { name: 'cut', weight: 10, run: cut },
  { name: 'reset', weight: 10, run: reset },
  { name: 'offline', weight: 20, run: goOffline },
  { name: 'half-open', weight: 6, run: breakLine },
  { name: 'slow', weight: 10, run: slowDown },
]

/** Reads nothing until a flood is over. */
export function fallBehind({ line }: Guest): Mending {
  line?.hold(['down'])
  return { seconds: 8, mend: () => line?.release() }
}

/** The client's own end goes. */
function cut({ person }: Guest): null {
  person.cut()
  return null
}

/** Something on the way forgets the connection. */
function reset({ line }: Guest): null {
  line?.cut()
  return null
}

function goOffline(guest: Guest, random: Random): Mending {
  guest.person.disconnect()
  return { seconds: between(random, 0.5, 10), mend: () => guest.connect() }
}

/** Nothing gets through and nobody is told; short enough for nobody to notice, or long enough for both. */
function breakLine({ line }: Guest, random: Random): Mending {
  line?.hold(pick(random, HOLDS))
  return { seconds: between(random, 1, 40), mend: () => line?.release() }
}

/** A reader who falls behind: what it is sent waits and comes in bursts. */
function slowDown({ line }: Guest, random: Random): Mending {
  line?.delay(between(random, 50, 400))
  line?.hold(['down'])
  return {
    seconds: between(random, 0.5, 5),
    mend: () => {
      line?.delay(0)
      line?.release()
    },
  }
}
