/**
 * A long run against the real server: `node tests/soak/soak.ts --minutes 60 --seed 1 [--out summary.json]`. Exits with 1
 * when anything was wrong, came right only late, or when the server's memory grew.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { soak } from './src/soak.ts'
import { isGood, textOf } from './src/summary.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    seed: { type: 'string', default: String(Date.now() % 1e6) },
    out: { type: 'string' },
  },
})

// The server says a line for everybody who comes and goes; here only what is wrong matters.
process.env['LOG_LEVEL'] ??= 'warn'

const stop = new AbortController()
for (const name of ['SIGINT', 'SIGTERM', 'uncaughtException']) {
  // The server is a process of its own: it must not outlive this one.
  process.on(name, (reason: unknown) => stop.abort(reason))
}

const seed = Number(values.seed)
say(`soak: seed ${seed}, ${values.minutes} minutes`)
process.exit(await run())

async function run(): Promise<number> {
  try {
    const seconds = Number(values.minutes) * 60
    const summary = await soak({ seconds, seed, say, signal: stop.signal })
    if (values.out) writeFileSync(values.out, `${JSON.stringify(summary, null, 2)}\n`)
    say(textOf(summary))
    return isGood(summary) ? 0 : 1
  } catch {
    return 1 // it has been said why
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
