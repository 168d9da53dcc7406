/** The app's own files in the browser's cache: one cache for each build, and the build before it. */

/** Files of one build. */
export interface Build {
  readonly version: string
  /** Addresses; the page is the first. */
  readonly files: readonly string[]
}

const PREFIX = 'kolam-shell-'
/** A tab that was opened before an update still asks for files of its own build. */
const BUILDS_KEPT = 2
/** A network that is there and says nothing is none: in a tunnel nobody waits for it to give up. */
const PATIENCE_MS = 3_000

/** The page's address in the cache. */
export const PAGE = '/'

/** Puts all files of a build into its cache; rejects when one is missing, and then the build is not used. */
export async function store({ version, files }: Build): Promise<void> {
  const cache = await caches.open(PREFIX + version)
  await cache.addAll(files.map((file) => new Request(file, { cache: 'no-cache' })))
}

/** Removes the caches of builds before the last two. The browser names them in the order they were made. */
export async function tidy({ version }: Build): Promise<void> {
  const own = PREFIX + version
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== own)
  const old = names.slice(0, Math.max(0, names.length - (BUILDS_KEPT - 1)))
  await Promise.all(old.map((name) => caches.delete(name)))
}

/** From the cache, and from the network what is not there. */
export async function fromCache(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request)
}

/** From the network while it answers soon and well, else from this build's cache. */
export async function fresh(
  request: Request,
  { name, build }: { name: string; build: Build },
): Promise<Response> {
  const cache = await caches.open(PREFIX + build.version)
  const kept = await cache.match(name)
  if (!kept) return fetch(request)
  return Promise.race([
    fetch(request).then(
      (answer) => (answer.status >= 500 ? kept : answer),
      () => kept,
    ),
    new Promise<Response>((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS)),
  ])
}
