import { defineConfig } from '@playwright/test'
import { chromiumLaunch } from './tooling/browser.ts'

export default defineConfig({
  testDir: 'tests/e2e',
  // Most of a test is waiting: three at once keep two cores busy.
  workers: 3,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: process.env['KOLAM_E2E_REPORT']
    ? [['list'], ['json', { outputFile: process.env['KOLAM_E2E_REPORT'] }]]
    : [['list']],
  use: {
    viewport: { width: 1280, height: 800 },
    // A worker would answer requests that tests want to see or stop; the tests of the worker itself allow it.
    serviceWorkers: 'block',
    launchOptions: chromiumLaunch(),
    // A trace takes as much of the machine as the test: asked for by name, when a failure is looked into.
    trace: process.env['KOLAM_TRACE'] ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
  },
})
