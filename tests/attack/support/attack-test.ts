/** Vitest's `test` with a scene around it: honest work begins before the attack and is looked at after it. */
import { test as base } from 'vitest'
import { ProcessTarget } from './process-target.ts'
import { RelayTarget, type RelayTargetOptions } from './relay-target.ts'
import { Scene } from './scene.ts'
import { ServerTarget } from './server-target.ts'
import type { Target } from './target.ts'

export { describe, expect } from 'vitest'

/** A `test` that attacks a relay. */
export function testOfRelay(options: RelayTargetOptions = {}) {
  return testWith(() => RelayTarget.start(options))
}

/** A `test` that attacks the whole server. */
export function testOfServer() {
  return testWith(() => ServerTarget.start())
}

/** A `test` that attacks a server that is a process of its own. */
export function testOfProcess() {
  return testWith(() => ProcessTarget.start())
}

function testWith<Attacked extends Target>(start: () => Promise<Attacked>) {
  return base.extend<{ scene: Scene<Attacked> }>({
    scene: async ({ task }, use) => {
      const scene = await Scene.begin(start)
      try {
        await use(scene)
        if (task.result?.state !== 'fail') await scene.end()
      } finally {
        await scene.abandon()
      }
    },
  })
}
