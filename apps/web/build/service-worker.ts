/**
 * A Vite plugin that builds the service worker into `/sw.js` and tells it what this build consists of. The worker is one
 * file with a name that never changes; that its content changes with every build is how browsers find a new one.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { build, type Plugin } from 'vite'

export interface WorkerOptions {
  /** The worker's source, from the project's root. */
  readonly entry: string
  /** What the worker calls its build. */
  readonly name: string
}

/** A file of the build, and what is in it. */
export interface BuiltFile {
  readonly name: string
  readonly content: string | Uint8Array
}

/** Emits `sw.js` beside everything else. */
export function serviceWorker({ entry, name }: WorkerOptions): Plugin {
  let root = ''
  let publicFolder = ''
  return {
    name: 'kolam:service-worker',
    apply: 'build',
    configResolved: (config) => {
      root = config.root
      publicFolder = config.publicDir
    },
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const files = Object.values(bundle).map((file): BuiltFile => {
          return { name: file.fileName, content: file.type === 'chunk' ? file.code : file.source }
        })
        const source = await workerSource(path.join(root, entry), {
          [name]: JSON.stringify(buildOf([...files, ...publicFiles(publicFolder)])),
        })
        this.emitFile({ type: 'asset', fileName: 'sw.js', source })
      },
    },
  }
}

/** The build's files as addresses, the page first, and a version that changes with any of them. */
export function buildOf(files: readonly BuiltFile[]): { version: string; files: string[] } {
  const hash = createHash('sha256')
  const sorted = files.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  for (const { name, content } of sorted) hash.update(`${name}\0`).update(content).update('\0')
  const others = sorted.filter(({ name }) => name !== 'index.html').map(({ name }) => `/${name}`)
  return { version: hash.digest('hex').slice(0, 16), files: ['/', ...others] }
}

async function workerSource(entry: string, define: Record<string, string>): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'warn',
    define,
    publicDir: false,
    build: {
      write: false,
      target: 'es2023',
      reportCompressedSize: false,
      rollupOptions: { input: entry, output: { format: 'iife', entryFileNames: 'sw.js' } },
    },
  })
  const [output] = Array.isArray(result) ? result : [result]
  if (!output || !('output' in output)) throw new Error('The service worker was not built')
  return output.output[0].code
}

function publicFiles(folder: string): BuiltFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => ({ name: name.split(path.sep).join('/'), file: path.join(folder, name) }))
    .filter(({ file }) => statSync(file).isFile())
    .map(({ name, file }) => ({ name, content: readFileSync(file) }))
}
