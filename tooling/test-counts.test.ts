import { expect, test } from 'vitest'
import { countPlaywright, countVitest, sum } from './test-counts.ts'

test('countVitest() counts passed, failed, skipped and files that broke before their tests', () => {
  const broken = { status: 'failed', assertionResults: [] }
  const report = {
    numPassedTests: 5,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 0,
    testResults: [broken, { status: 'passed', assertionResults: [{}] }],
  }
  expect(countVitest(report)).toEqual({ passed: 5, failed: 2, skipped: 2 })
})

test('countPlaywright() counts a flaky test as failed', () => {
  const report = { stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 0 } }
  expect(countPlaywright(report)).toEqual({ passed: 3, failed: 2, skipped: 0 })
})

test('a report without numbers is an error, not a zero', () => {
  expect(() => countVitest({})).toThrow('numPassedTests is missing')
  expect(() => countPlaywright(null)).toThrow('expected is missing')
})

test('sum() adds up', () => {
  const one = { passed: 1, failed: 2, skipped: 3 }
  expect(sum([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 })
})
