/** All rounds of all servers in all scenarios. Servers take turns, so that a machine that changes changes for all. */
import { RUN, type Scenario, type ScenarioBody, SCENARIOS, type ServerName } from '../config.ts'
import { type Cell, profileFolder, runCell } from './cell.ts'
import type { Figures } from './figures.ts'
import type { Options } from './options.ts'
import { profileText } from './profile.ts'
import type { Measured } from './report.ts'
import { rowOf } from './rounds.ts'

/** Told what goes on. */
export type Tell = (words: string) => void

export async function runScenario(id: string, options: Options, tell: Tell): Promise<Measured> {
  const scenario = adjusted(SCENARIOS[id]!, options)
  const servers = scenario.servers.filter((server) => options.servers.includes(server))
  const rounds = new Map<ServerName, Figures[]>(servers.map((server) => [server, []]))
  const problems = new Map<ServerName, string[]>(servers.map((server) => [server, []]))
  for (let round = 1; round <= options.rounds; round++) {
    for (const server of servers) {
      const cell: Cell = { scenario: id, server, body: scenario.body }
      tell(`${id}, round ${round} of ${options.rounds}: ${server}\n`)
      await quietCell(cell, options, tell).then(
        (figures) => rounds.get(server)!.push(figures),
        (error: unknown) => problems.get(server)!.push(wordsOf(error)),
      )
      const folder = profileFolder(cell, options)
      if (folder) tell(profileText(folder))
    }
  }
  const rows = servers.map((server) => rowOf(server, rounds.get(server)!, problems.get(server)!))
  return { id, scenario, rows }
}

/** A round that something else on the machine disturbed is repeated, whatever came out of it. */
async function quietCell(cell: Cell, options: Options, tell: Tell): Promise<Figures> {
  for (let left = RUN.repeatsWhenDisturbed; ; left--) {
    const figures = await runCell(cell, options)
    const { othersShare = 0 } = figures
    if (left === 0 || othersShare <= RUN.othersShareMax) return figures
    tell(`  again: something else took ${Math.round(othersShare * 100)} % of a core\n`)
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The scenario with the length that was asked for. */
function adjusted(scenario: Scenario, { seconds }: Options): Scenario {
  if (seconds === null) return scenario
  return { ...scenario, body: shortened(scenario.body, seconds) }
}

function shortened(body: ScenarioBody, seconds: number): ScenarioBody {
  switch (body.kind) {
    case 'steady':
    case 'stalled':
      return { ...body, seconds, warmUpSeconds: Math.min(body.warmUpSeconds, seconds) }
    case 'storm':
    case 'idle':
      return { ...body, settleSeconds: Math.min(body.settleSeconds, seconds) }
  }
}
