/** The same load twice on the same server: while everybody reads, and while many do not. Then those catch up. */
import { setTimeout as sleep } from 'node:timers/promises'
import { RUN, type StalledScenario } from '../config.ts'
import type { Figures, Target } from '../harness/figures.ts'
import { drain } from './drain.ts'
import { Meter } from './meter.ts'
import { pace } from './pace.ts'
import type { Person } from './person.ts'
import { rssMb } from './process-facts.ts'
import { deliveries, listen, times, warmUp } from './steady.ts'
import { World } from './world.ts'

const WATCH_MS = 100
const LOOK_MS = 20

export async function stalled(scenario: StalledScenario, target: Target): Promise<Figures> {
  const { warmUpSeconds, seconds, movesHz, cursorsHz } = scenario
  const lasts = warmUpSeconds + 2 * seconds
  const world = new World(
    { ...scenario, moves: movesHz * lasts, cursors: cursorsHz * lasts },
    target,
  )
  await world.gather()
  await warmUp(world, scenario)

  const asleep = world.people.slice(-scenario.stalled)
  const awake = world.people.slice(0, -scenario.stalled)
  const before = listen(awake)
  await pace({ ...scenario, pens: world.pens })
  await drain(world.people, RUN.drainLimitMs)
  world.reset()

  const during = listen(awake)
  listen(asleep)
  const memory = watchMemory(target.pid)
  const meter = new Meter(target.pid)
  for (const person of asleep) person.pause()
  const sent = await pace({ ...scenario, pens: world.pens })
  meter.stopLoad()
  const missing = await drain(awake, RUN.drainLimitMs)
  const figures = {
    ...meter.read(),
    ...deliveries({ people: awake.length }, sent, missing),
    ...times(during),
  }
  const recovery = await recover(asleep, scenario.recoverySeconds)
  world.leave()
  const p99BeforeMs = before.quantile(0.99)
  return {
    ...figures,
    ...recovery,
    p99BeforeMs,
    p99Ratio: figures.p99Ms / p99BeforeMs,
    growthMb: memory.stop(),
  }
}

/** They read again, and those whom the server has closed come back, as clients do. */
async function recover(
  people: readonly Person[],
  limitSeconds: number,
): Promise<{ closed: number; missing: number; recoveryMs: number }> {
  const start = performance.now()
  const returned = new Set<Person>()
  for (const person of people) person.resume()
  let missing = Number.POSITIVE_INFINITY
  while (missing > 0 && performance.now() - start < limitSeconds * 1000) {
    for (const person of people) {
      if (person.closedWith === null) continue
      returned.add(person)
      person.join().catch(() => {}) // it says why in `closedWith`, and is tried again
    }
    await sleep(LOOK_MS)
    missing = people.reduce((sum, person) => sum + person.missing, 0)
  }
  return { closed: returned.size, missing, recoveryMs: performance.now() - start }
}

/** The largest growth of the server's memory until it is stopped. */
export function watchMemory(pid: number): { stop(): number } {
  const before = rssMb(pid)
  let peak = before
  const look = (): void => {
    peak = Math.max(peak, rssMb(pid))
  }
  const timer = setInterval(look, WATCH_MS)
  return {
    stop: () => {
      clearInterval(timer)
      look()
      return peak - before
    },
  }
}
