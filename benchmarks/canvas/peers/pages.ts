/** The peers' pages, built by Vite as an app of theirs would be, when they changed. */
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'vite'
import type { PeerName } from '../config.ts'

const FOLDER = path.resolve(import.meta.dirname, '..')

/** The peers that have a page here. */
export type RivalName = Exclude<PeerName, 'kolam'>

/** The folder of a peer's built page. */
export async function builtPage(name: RivalName): Promise<string> {
  const output = path.join(FOLDER, '.cache/pages', name)
  const stamp = path.join(output, 'sources.sha256')
  const wanted = sourcesHash()
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return output
  await build({
    configFile: false,
    root: path.join(FOLDER, 'pages', name),
    logLevel: 'error',
    define: { 'process.env.IS_PREACT': '"false"' },
    build: { outDir: output, emptyOutDir: true, target: 'es2023', chunkSizeWarningLimit: 1e5 },
  })
  writeFileSync(stamp, wanted)
  return output
}

function sourcesHash(): string {
  const hash = createHash('sha256')
  for (const file of [...globSync('pages/**/*', { cwd: FOLDER }), 'pnpm-lock.yaml'].sort()) {
    if (path.extname(file) !== '') hash.update(file).update(readFileSync(path.join(FOLDER, file)))
  }
  return hash.digest('hex')
}
