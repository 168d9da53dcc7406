/**
 * A Vite plugin that weighs the script a page needs before it can start, and fails the build above a limit.
 *
 * First load = the entry, the page's own chunk, and everything these import statically, gzipped. Style
 * sheets, fonts and chunks loaded later do not count.
 */
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

export interface Budget {
  readonly label: string
  /** End of the path of the module that is the page. */
  readonly module: string
  readonly limitKb: number
}

/** The part of a built chunk that matters here. */
export interface Chunk {
  readonly code: string
  readonly isEntry: boolean
  readonly imports: readonly string[]
  readonly moduleIds: readonly string[]
}

/** Prints the page's first load at the end of the build; throws when it is above the limit. */
export function firstLoadBudget({ label, module, limitKb }: Budget): Plugin {
  let info: (line: string) => void = () => {}
  let report = ''
  return {
    name: 'kolam:first-load',
    apply: 'build',
    configResolved: ({ logger }) => {
      info = (line) => logger.info(line)
    },
    generateBundle(_options, bundle) {
      const chunks = new Map<string, Chunk>()
      for (const file of Object.values(bundle)) {
        if (file.type === 'chunk') chunks.set(file.fileName, file)
      }
      const kb = firstLoadBytes(chunks, module) / 1000
      report = `${label}: first-load script ${Math.ceil(kb)} kB gzip (limit ${limitKb})`
      if (kb > limitKb) this.error(report)
    },
    closeBundle: () => info(report),
  }
}

/** Gzipped bytes of the entry and of the chunk that holds `module`, with their static imports. */
export function firstLoadBytes(chunks: ReadonlyMap<string, Chunk>, module: string): number {
  const entries = [...chunks].filter(([, { isEntry }]) => isEntry)
  const pages = [...chunks].filter(([, { moduleIds }]) =>
    moduleIds.some((id) => id.endsWith(module)),
  )
  if (pages.length === 0) throw new Error(`No chunk holds ${module}`)
  const roots = [...entries, ...pages].map(([name]) => name)
  const sizes = Array.from(reachable(chunks, roots), (name) => {
    return gzipSync(chunks.get(name)?.code ?? '').length
  })
  return sizes.reduce((sum, bytes) => sum + bytes, 0)
}

function reachable(chunks: ReadonlyMap<string, Chunk>, from: readonly string[]): Set<string> {
  const seen = new Set(from)
  for (const name of seen) {
    for (const next of chunks.get(name)?.imports ?? []) seen.add(next)
  }
  return seen
}
