import { gzipSync } from 'node:zlib'
import path from 'node:path'
import { expect, test } from 'vitest'
import { build, type Rolldown } from 'vite'

/** Its own rule in SPEC.md; a kilobyte is 1,000 bytes. */
const LIMIT_BYTES = 8_000

/** The chunks of an entry as an app would build them, without what is Yjs's own. */
async function chunksOf(entry: string) {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2023',
      rolldownOptions: {
        input: path.join(import.meta.dirname, entry),
        preserveEntrySignatures: 'strict',
        external: /^(yjs|lib0|y-protocols)(\/|$)/,
      },
    },
  })
  const { output } = built as Rolldown.RolldownOutput
  return output.filter((file) => file.type === 'chunk')
}

test('[W1] the client in a page is small, and everything else is left to who wants it', async () => {
  const chunks = await chunksOf('browser/index.ts')
  expect(chunks.map(({ isEntry }) => isEntry)).toEqual([true])
  const [{ code, moduleIds }] = chunks as [Rolldown.OutputChunk]
  expect(code).toContain('connectBrowser')
  const bytes = gzipSync(code, { level: 9 }).length
  expect(bytes).toBeLessThanOrEqual(LIMIT_BYTES)
  expect(moduleIds.filter((id) => /\/(offline|tabs|http)\//.test(id))).toEqual([])
})
