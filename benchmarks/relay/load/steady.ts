/** People who edit at a steady rate: what a delivery costs the server, and how long it takes. */
import { RUN, type SteadyScenario } from '../config.ts'
import type { Figures, Target } from '../harness/figures.ts'
import { drain, type Missing } from './drain.ts'
import { Histogram } from './histogram.ts'
import { Meter } from './meter.ts'
import { pace, type Sent } from './pace.ts'
import type { Person } from './person.ts'
import { World } from './world.ts'

/** Warms up, lets everything arrive, and measures until everything of the measured time has arrived too. */
export async function steady(scenario: SteadyScenario, target: Target): Promise<Figures> {
  const { warmUpSeconds, seconds, movesHz, cursorsHz } = scenario
  const lasts = warmUpSeconds + seconds
  const world = new World(
    { ...scenario, moves: movesHz * lasts, cursors: cursorsHz * lasts },
    target,
  )
  await world.gather()
  await warmUp(world, scenario)
  const latency = listen(world.people)
  const meter = new Meter(target.pid)
  const sent = await pace({ ...scenario, pens: world.pens })
  meter.stopLoad()
  const missing = await drain(world.people, RUN.drainLimitMs)
  const figures = { ...meter.read(), ...deliveries(scenario, sent, missing), ...times(latency) }
  const gaps = world.people.reduce((sum, person) => sum + person.gaps, 0)
  world.leave()
  return {
    ...figures,
    gaps,
    cpuPerMillion: (figures.cpuSeconds / figures.deliveries) * 1e6,
    writesPerHundred: (figures.writes / figures.deliveries) * 100,
  }
}

/** A server that is warm and has nothing left to do. */
export async function warmUp(
  world: World,
  { movesHz, cursorsHz, warmUpSeconds }: Omit<SteadyScenario, 'kind'>,
): Promise<void> {
  await pace({ pens: world.pens, movesHz, cursorsHz, seconds: warmUpSeconds })
  await drain(world.people, RUN.drainLimitMs)
  world.reset()
}

/** From now on these people's latencies go into one new histogram. */
export function listen(people: readonly Person[]): Histogram {
  const latency = new Histogram()
  for (const person of people) person.latency = latency
  return latency
}

/** Offered: a server that sends only the newest of several cursors has delivered them all. */
export function deliveries(
  { people }: { readonly people: number },
  sent: Sent,
  missing: Missing,
): { deliveries: number; undelivered: number; staleCursors: number; latestMs: number } {
  return {
    deliveries: (sent.moves + sent.cursors) * people,
    undelivered: missing.updates,
    staleCursors: missing.cursors,
    latestMs: sent.latestMs,
  }
}

export function times(latency: Histogram): { p50Ms: number; p99Ms: number } {
  return { p50Ms: latency.quantile(0.5), p99Ms: latency.quantile(0.99) }
}
