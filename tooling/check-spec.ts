/** Fails when a rule of a SPEC.md has no citing test, or a test cites a rule that is not there. */
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './run.ts'
import { specFaults } from './spec.ts'

const specs = globSync('packages/*/SPEC.md', { cwd: ROOT })
const faults = specs.flatMap((spec) => {
  const folder = path.dirname(spec)
  // A rule may also be proved across packages, in a folder of tests named after the package.
  const tests = globSync(
    [
      `${folder}/src/**/*.test.ts`,
      `${folder}/src/testing/*.ts`,
      `tests/${path.basename(folder)}/**/*.test.ts`,
    ],
    { cwd: ROOT },
  )
  return specFaults(folder, read(spec), tests.map(read))
})
for (const fault of faults) console.error(fault)
console.log(`${specs.length} specs, ${faults.length} faults`)
process.exitCode = faults.length === 0 ? 0 : 1

function read(file: string): string {
  return readFileSync(path.join(ROOT, file), 'utf8')
}
