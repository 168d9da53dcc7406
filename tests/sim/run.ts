/** Many worlds by hand: `node tests/sim/run.ts [first seed] [how many]`. Prints each seed that found something. */
import { SimWorld } from './support/sim-world.ts'

const STEPS = 120
const [first = 1, count = 10_000] = process.argv.slice(2).map(Number)
const say = (line: string): boolean => process.stdout.write(`${line}\n`)

const totals = { worlds: 0, failed: 0, saved: 0, deaths: 0, updates: 0 }

for (let seed = first; seed < first + count; seed++) {
  const { faults, saved, deaths, updates } = await new SimWorld(seed).run(STEPS)
  totals.worlds += 1
  totals.failed += faults.length > 0 ? 1 : 0
  totals.saved += saved
  totals.deaths += deaths
  totals.updates += updates
  if (faults.length > 0) say(`SEED=${seed}\n  ${faults.join('\n  ')}`)
  if (totals.worlds % 500 === 0) say(JSON.stringify(totals))
}
say(JSON.stringify(totals))
process.exitCode = totals.failed > 0 ? 1 : 0
