/** `pnpm check`: format, lint, types, layers, spec and unit tests. */
import { runSteps, type Step } from './run.ts'
import { STATIC_STEPS, UNIT_FOLDERS } from './steps.ts'

const unit: Step = { name: 'unit', command: ['vitest', 'run', ...UNIT_FOLDERS] }
const steps: readonly Step[] = [unit, ...STATIC_STEPS]
const failed = (await runSteps(steps)).filter((result) => !result.ok)
console.log(
  failed.length === 0
    ? `check: all ${steps.length} steps passed`
    : `check: failed: ${failed.map((result) => result.name).join(', ')}`,
)
process.exitCode = failed.length === 0 ? 0 : 1
