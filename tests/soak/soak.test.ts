/** Two minutes of the soak: everything but the memory, which says nothing in so short a time. */
import { expect, test } from 'vitest'
import { soak } from './src/soak.ts'
import { textOf } from './src/summary.ts'

const seconds = Number(process.env['KOLAM_SOAK_SECONDS'] ?? 120)
const seed = Number(process.env['SEED'] ?? Date.now() % 1e6)

/** What waiting for people to return may add. */
const SLACK_MS = 180_000

test(
  `people work, lines break, the server is killed, and nothing is lost (SEED=${seed})`,
  { timeout: seconds * 1_000 + SLACK_MS },
  async () => {
    process.env['LOG_LEVEL'] ??= 'warn'
    const summary = await soak({ seconds, seed, say })
    say(textOf(summary))
    expect(summary.checkpoints.length).toBeGreaterThan(0)
    expect(summary.processes).toBeGreaterThan(1)
    expect(summary.late).toEqual([])
  },
)

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
