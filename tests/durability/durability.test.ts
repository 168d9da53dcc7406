/** Some kills of Kolam under load. `benchmarks/durability` does many more of them, and the same to its peers. */
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { KolamServer } from '../e2e/support/server.ts'
import { KOLAM } from './src/kolam.ts'
import type { MortalServer } from './src/subject.ts'
import { lineOf } from './src/tally.ts'
import { trial } from './src/trial.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 1e6)
const kills = Number(process.env['KOLAM_DURABILITY_KILLS'] ?? 12)

/** Starting, joining and looking again, however slow the machine is. */
const LIMIT_MS = 60_000 + kills * 10_000

// The server says a line for everybody who comes and goes; here only what is wrong matters.
process.env['LOG_LEVEL'] ??= 'warn'

test(
  `what somebody else has seen and what was called saved outlives kill -9 (SEED=${seed})`,
  { timeout: LIMIT_MS },
  async () => {
    const tally = await trial({ subject: KOLAM, kills, people: 12, documents: 3, seed, say })
    say(`${kills} kills: ${lineOf(tally)}`)
    expect(tally).toMatchObject({ kills, lostSaved: 0, lostSeen: 0, unequal: 0, hungUp: 0 })
    expect(tally.saved).toBeGreaterThan(0)
    expect(tally.seen).toBeGreaterThan(0)
  },
)

test(`a disk that forgets is found out (SEED=${seed})`, { timeout: LIMIT_MS }, async () => {
  const subject = { ...KOLAM, promises: false, create: createForgetful }
  const tally = await trial({ subject, kills: 1, people: 6, documents: 2, seed, say })
  expect(tally).toMatchObject({ lostSaved: tally.saved, lostSeen: tally.seen, losingKills: 1 })
  expect(tally.unequal).toBeGreaterThan(0)
})

/** Kolam on a disk that is empty whenever it starts. */
async function createForgetful(): Promise<MortalServer> {
  const server = await KolamServer.create()
  return {
    folder: server.folder,
    syncUrl: server.syncUrl,
    kill: () => server.kill(),
    dispose: () => server.dispose(),
    start: async () => {
      await rm(path.join(server.folder, 'data'), { recursive: true })
      await server.start()
    },
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
