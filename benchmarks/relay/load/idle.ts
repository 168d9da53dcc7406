/** Many connections on which nothing happens: what each costs in memory. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { IdleScenario } from '../config.ts'
import type { Figures, Target } from '../harness/figures.ts'
import { Meter } from './meter.ts'
import { rssMb } from './process-facts.ts'
import { World } from './world.ts'

export async function idle(scenario: IdleScenario, target: Target): Promise<Figures> {
  const { rooms, people, settleSeconds } = scenario
  const before = rssMb(target.pid)
  const world = new World({ rooms, people, writers: 0, moves: 0, cursors: 0, moveBytes: 0 }, target)
  const joining = new Meter(target.pid)
  await world.gather()
  joining.stopLoad()
  const joined = joining.read()
  const settling = new Meter(target.pid)
  await sleep(settleSeconds * 1000)
  const settled = settling.read()
  const connections = world.people.filter(({ closedWith }) => closedWith === null).length
  const growthMb = rssMb(target.pid) - before
  world.leave()
  return {
    connections,
    connectionsLost: world.people.length - connections,
    growthMb,
    bytesEach: Math.round((growthMb * 1e6) / connections),
    joinCpuMs: (joined.cpuSeconds * 1000) / connections,
    idleShare: settled.serverShare,
    loadShare: joined.loadShare,
    othersShare: joined.othersShare,
    rssMb: settled.rssMb,
  }
}
