import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: [
      '{apps,packages,tooling}/**/*.test.ts',
      'tests/{attack,durability,persistence,relay,sim,soak}/**/*.test.ts',
    ],
    testTimeout: 30_000,
    // A fresh worker for each file doubles the time; no test leaves anything behind in a module.
    isolate: false,
  },
})
