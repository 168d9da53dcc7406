/**
 * The layers of the project and who may import whom. `ARCHITECTURE.md` draws the same picture.
 *
 * `import type` counts. A package not named here may import nothing.
 */

/** For each workspace package, the workspace packages its sources may import. */
export const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  '@kolam/base': [],
  '@kolam/geometry': [],
  '@kolam/protocol': ['@kolam/base'],
  '@kolam/board': ['@kolam/base', '@kolam/geometry'],
  '@kolam/persistence': ['@kolam/base'],
  '@kolam/client': ['@kolam/base', '@kolam/protocol'],
  '@kolam/editor': ['@kolam/base', '@kolam/board', '@kolam/geometry'],
  '@kolam/canvas': ['@kolam/base', '@kolam/board', '@kolam/geometry'],
  '@kolam/formats': ['@kolam/base', '@kolam/board', '@kolam/geometry'],
  '@kolam/relay': ['@kolam/base', '@kolam/protocol', '@kolam/persistence'],
  '@kolam/server': [
    '@kolam/base',
    '@kolam/board',
    '@kolam/protocol',
    '@kolam/persistence',
    '@kolam/relay',
  ],
  '@kolam/web': [
    '@kolam/base',
    '@kolam/board',
    '@kolam/canvas',
    '@kolam/client',
    '@kolam/editor',
    '@kolam/formats',
    '@kolam/geometry',
  ],
}

/** Outside packages that only some files may name, and those files. */
export const RESERVED: readonly { readonly what: RegExp; readonly where: RegExp }[] = [
  { what: /^ws$/, where: /^packages\/relay\/src\/ws\// },
  // The relay holds bytes and knows no CRDT; what does is a door of its own.
  { what: /^yjs$/, where: /^(?!packages\/relay\/)|^packages\/relay\/src\/yjs\// },
  {
    what: /^node:/,
    where: /^(apps\/server|packages\/persistence|packages\/relay\/src\/(door|http|ws))\//,
  },
  { what: /^roughjs/, where: /^packages\/canvas\// },
  { what: /^svelte(\/|$)/, where: /^apps\/web\// },
]

export interface Source {
  /** Path from the project's root, with `/`. */
  readonly file: string
  readonly text: string
  /** Name of the workspace package the file belongs to. */
  readonly owner: string
}

/** Every forbidden import of `source`, as sentences; empty when it keeps to its layer. */
export function layerFaults(source: Source): string[] {
  return importsOf(source.text).flatMap((target) => {
    const fault = faultOf(source, target)
    return fault === null ? [] : [`${source.file}: ${fault}`]
  })
}

/** What a source imports: static, dynamic, re-exported and type-only. */
export function importsOf(text: string): string[] {
  const found = text.matchAll(
    /(?:^|[\s;}])(?:import|export)\s[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|(?:^|[\s;])import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g,
  )
  return [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

function faultOf(source: Source, target: string): string | null {
  if (target.startsWith('.')) return relativeFault(source, target)
  const reserved = RESERVED.find(({ what }) => what.test(target))
  if (reserved && !isTest(source.file) && !reserved.where.test(source.file)) {
    return `may not import "${target}"`
  }
  if (!target.startsWith('@kolam/')) return null
  const name = target.split('/').slice(0, 2).join('/')
  if (name === source.owner) return `imports its own package by name: "${target}"`
  const allowed = ALLOWED[source.owner] ?? []
  return allowed.includes(name) ? null : `${source.owner} may not import "${target}"`
}

/** A relative import may not leave its package: that would be an import nobody declared. */
function relativeFault(source: Source, target: string): string | null {
  const packageDepth = 2
  const depth = source.file.split('/').length - 1 - packageDepth
  const ups = target.split('/').filter((part) => part === '..').length
  return ups > depth ? `leaves its package: "${target}"` : null
}

function isTest(file: string): boolean {
  return /\.test\.ts$|\/testing\//.test(file)
}
