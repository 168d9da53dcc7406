/** Reads how many tests passed, failed and were skipped out of the runners' JSON reports. */

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** Add counts up. */
export function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (total, counts) => ({
      passed: total.passed + counts.passed,
      failed: total.failed + counts.failed,
      skipped: total.skipped + counts.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )
}

/** Counts of a Vitest JSON report; throws when it has none. */
export function countVitest(report: unknown): Counts {
  return {
    passed: numberAt(report, 'numPassedTests'),
    failed: numberAt(report, 'numFailedTests') + brokenFiles(report),
    skipped: numberAt(report, 'numPendingTests') + numberAt(report, 'numTodoTests'),
  }
}

/** Counts of a Playwright JSON report; a flaky test counts as failed; throws when it has none. */
export function countPlaywright(report: unknown): Counts {
  const stats = field(report, 'stats')
  return {
    passed: numberAt(stats, 'expected'),
    failed: numberAt(stats, 'unexpected') + numberAt(stats, 'flaky'),
    skipped: numberAt(stats, 'skipped'),
  }
}

/** Test files that failed before any of their tests ran. */
function brokenFiles(report: unknown): number {
  const files = field(report, 'testResults')
  if (!Array.isArray(files)) return 0
  return files.filter((file) => {
    const tests = field(file, 'assertionResults')
    return field(file, 'status') === 'failed' && Array.isArray(tests) && tests.length === 0
  }).length
}

function numberAt(value: unknown, key: string): number {
  const found = field(value, key)
  if (typeof found !== 'number') throw new Error(`Cannot read the test report: ${key} is missing`)
  return found
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)[key]
    : undefined
}
