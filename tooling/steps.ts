/** The steps of `pnpm check`, cheap first: what they are, not how they run. */
import type { Step } from './run.ts'

/** Everything that reads the code without running it. */
export const STATIC_STEPS: readonly Step[] = [
  { name: 'layers', command: ['tooling/check-layers.ts'] },
  { name: 'spec', command: ['tooling/check-spec.ts'] },
  { name: 'format', command: ['prettier', '--check', '--cache', '--log-level', 'warn', '.'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'types: headless', command: ['tsc', '-p', 'tsconfig.headless.json'] },
  { name: 'types: dom', command: ['tsc', '-p', 'tsconfig.dom.json'] },
  { name: 'types: all', command: ['tsc', '-p', 'tsconfig.json'] },
  {
    name: 'types: svelte',
    command: ['svelte-check', '--tsconfig', 'apps/web/tsconfig.json', '--fail-on-warnings'],
  },
  { name: 'lint: svelte', command: ['eslint', 'apps/web/src', '--max-warnings', '0'] },
]

/** Folders of tests that need a moment each at most. */
export const UNIT_FOLDERS = ['apps', 'packages', 'tooling'] as const

/** Folders of tests with real sockets, hostile or slow ones among them; they take minutes. */
export const SYSTEM_FOLDERS = [
  'tests/persistence',
  'tests/relay',
  'tests/sim',
  'tests/attack',
  'tests/durability',
  'tests/soak',
] as const
