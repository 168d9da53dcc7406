/** `pnpm check`: format, lint, types, layers, spec and unit tests. */
import { runSteps, type Step } from './run.ts'
import { STATIC_STEPS } from './steps.ts'

const steps: readonly Step[] = [{ name: 'unit', command: ['vitest', 'run'] }, ...STATIC_STEPS]
const failed = (await runSteps(steps)).filter((result) => !result.ok)
console.log(
  failed.length === 0
    ? `check: all ${steps.length} steps passed`
    : `check: failed: ${failed.map((result) => result.name).join(', ')}`,
)
process.exitCode = failed.length === 0 ? 0 : 1
