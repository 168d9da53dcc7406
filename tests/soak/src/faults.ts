/** What was found to be wrong, and waiting until nothing is: the server is another process, so it has to be asked again. */
import { setTimeout as sleep } from 'node:timers/promises'

const PAUSE_MS = 100

/** What takes longer is worth a word. */
const LONG_SECONDS = 3

/** A run that found something wrong. */
export class SoakFailure extends Error {
  override readonly name = 'SoakFailure'
  readonly faults: readonly string[]

  constructor(when: string, faults: readonly string[]) {
    super(`${when}: ${faults.join('; ')}`)
    this.faults = faults
  }
}

/** Throws when there is any fault. */
export function assertNone(when: string, faults: readonly string[]): void {
  if (faults.length > 0) throw new SoakFailure(when, faults)
}

/** Looks again and again until there is no fault, for so long. Says what was the last to go, when it took its time. */
export async function untilNone(
  when: string,
  limitMs: number,
  look: () => readonly string[] | Promise<readonly string[]>,
): Promise<string[]> {
  const begunMs = Date.now()
  let last: readonly string[] = []
  let faults = await look()
  while (faults.length > 0 && Date.now() < begunMs + limitMs) {
    last = faults
    await sleep(PAUSE_MS)
    faults = await look()
  }
  assertNone(`${when}, for ${limitMs / 1_000} s`, faults)
  const seconds = (Date.now() - begunMs) / 1_000
  return seconds < LONG_SECONDS ? [] : [`${seconds.toFixed(1)} s until ${when}: ${last.join('; ')}`]
}
