/** Builds the web app when its sources changed since the last build, and only then. */
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT, runStep } from './run.ts'

const STAMP = path.join(ROOT, 'node_modules/.cache/kolam-web-build')
const OUTPUT = path.join(ROOT, 'apps/web/dist/index.html')
/** Everything a page is built from; the server's own packages are not. */
const SOURCES = [
  'apps/web/**/*',
  'packages/{base,board,canvas,client,editor,formats,geometry,protocol}/{package.json,src/**/*}',
  'pnpm-lock.yaml',
]

/** Make `apps/web/dist` match the sources; throws with the build's output when it does not build. */
export async function ensureWebBuild(): Promise<'fresh' | 'built'> {
  const wanted = sourcesHash()
  if (existsSync(OUTPUT) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted)
    return 'fresh'
  console.log('Building the web app…')
  const built = await runStep(
    { name: 'build', command: ['vite', 'build', 'apps/web'] },
    { live: false },
  )
  if (!built.ok) throw new Error(`The web app does not build:\n${built.output}`)
  mkdirSync(path.dirname(STAMP), { recursive: true })
  writeFileSync(STAMP, wanted)
  return 'built'
}

function sourcesHash(): string {
  const hash = createHash('sha256')
  const files = globSync(SOURCES, { cwd: ROOT, exclude: (name) => /node_modules|dist/.test(name) })
  for (const file of files.sort()) {
    const full = path.join(ROOT, file)
    if (!statSync(full).isFile()) continue
    hash.update(`${file}\0`).update(readFileSync(full)).update('\0')
  }
  return hash.digest('hex')
}
