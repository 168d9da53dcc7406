import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{apps,packages,tooling}/**/*.test.ts', 'tests/relay/**/*.test.ts'],
    testTimeout: 30_000,
  },
})
