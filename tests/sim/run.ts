/**
 * Many worlds by hand: `node tests/sim/run.ts [first seed] [how many] [people|browsers]`; both kinds where none is given. Prints each
 * seed that found something.
 */
import { BrowsersWorld } from './support/sim-browsers-world.ts'
import { SimWorld } from './support/sim-world.ts'

const STEPS = { people: 120, browsers: 100 }
const REPORT_EVERY = 500

const [first = 1, count = 10_000] = process.argv.slice(2, 4).map(Number)
const only = process.argv[4]
const say = (line: string): boolean => process.stdout.write(`${line}\n`)

const kinds = [
  { name: 'people', run: (seed: number) => new SimWorld(seed).run(STEPS.people) },
  { name: 'browsers', run: (seed: number) => new BrowsersWorld(seed).run(STEPS.browsers) },
].map((kind) => ({ ...kind, totals: new Map([['failed', 0]]) }))

const chosen = kinds.filter(({ name }) => only === undefined || name === only)

function sayTotals(worlds: number): void {
  for (const { name, totals } of chosen)
    say(JSON.stringify({ name, worlds, ...Object.fromEntries(totals) }))
}

for (let seed = first; seed < first + count; seed++) {
  for (const { name, run, totals } of chosen) {
    const { faults, ...counts } = await run(seed)
    const failed = faults.length > 0 ? 1 : 0
    for (const [what, times] of Object.entries({ failed, ...counts }))
      totals.set(what, (totals.get(what) ?? 0) + times)
    if (failed) say(`${name}: SEED=${seed}\n  ${faults.join('\n  ')}`)
  }
  const worlds = seed - first + 1
  if (worlds % REPORT_EVERY === 0) sayTotals(worlds)
}
sayTotals(count)
process.exitCode = chosen.some(({ totals }) => totals.get('failed')) ? 1 : 0
