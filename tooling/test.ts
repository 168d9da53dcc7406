/**
 * `pnpm test`: the whole suite. Static checks, unit tests, tests over real sockets, web build, browser tests.
 *
 * Installs a Chromium if the machine has none. The last line says how many tests passed and failed;
 * a static check or a build that fails counts as one failed test.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { ensureChromium } from './browser.ts'
import { ROOT, runStep, runSteps } from './run.ts'
import { STATIC_STEPS, SYSTEM_FOLDERS, UNIT_FOLDERS } from './steps.ts'
import { countPlaywright, countVitest, sum, type Counts } from './test-counts.ts'

const reports = path.join(ROOT, 'node_modules/.cache/kolam-reports')
const e2eReport = path.join(reports, 'e2e.json')

rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

const totals = sum([
  await staticChecks(),
  await vitest('unit', UNIT_FOLDERS),
  // Apart from the others, whose timers must not wait for a flood; and with time, on a machine that does other things.
  // Most of it is waiting: three at once keep two cores busy.
  await vitest('system', [...SYSTEM_FOLDERS, '--testTimeout=120000', '--maxWorkers=3']),
  await browserTests(),
])
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''
console.log(`${totals.passed} passed, ${totals.failed} failed${skipped}`)
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1

async function staticChecks(): Promise<Counts> {
  const failed = (await runSteps(STATIC_STEPS)).filter((result) => !result.ok)
  return { passed: 0, failed: failed.length, skipped: 0 }
}

async function vitest(name: string, options: readonly string[]): Promise<Counts> {
  const report = path.join(reports, `${name}.json`)
  const ran = await runStep(
    {
      name,
      command: [
        'vitest',
        'run',
        ...options,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
      ],
    },
    { live: true },
  )
  return orFailed(ran.ok, () => countVitest(read(report)))
}

async function browserTests(): Promise<Counts> {
  ensureChromium()
  const built = await runStep(
    { name: 'build', command: ['vite', 'build', 'apps/web'] },
    { live: true },
  )
  if (!built.ok) return { passed: 0, failed: 1, skipped: 0 }
  const ran = await runStep(
    { name: 'e2e', command: ['playwright', 'test'], env: { KOLAM_E2E_REPORT: e2eReport } },
    { live: true },
  )
  return orFailed(ran.ok, () => countPlaywright(read(e2eReport)))
}

/** A runner that failed without naming a failed test (a crash, a broken import) still counts as one. */
function orFailed(ok: boolean, count: () => Counts): Counts {
  try {
    const counts = count()
    return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 }
  } catch (error) {
    console.log(String(error))
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}
