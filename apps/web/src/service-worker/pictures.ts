/** Pictures on boards, in the browser's cache: they never change, and there are only so many of them. */

const CACHE = 'kolam-pictures'
/** Beyond this the ones that were not looked at for the longest go. */
const PICTURES_MAX = 300
/** A larger one would push many out. */
const PICTURE_BYTES_MAX = 16 * 1024 * 1024

/** From the cache, else from the network and into the cache. */
export async function picture(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  const kept = await cache.match(request)
  if (kept) {
    void refresh(cache, request, kept.clone())
    return kept
  }
  const answer = await fetch(request)
  if (answer.status === 200 && sizeOf(answer) <= PICTURE_BYTES_MAX) {
    void keep(cache, request, answer.clone())
  }
  return answer
}

/** The oldest of these names, which are too many. */
export function tooMany<T>(names: readonly T[], max = PICTURES_MAX): readonly T[] {
  return names.slice(0, Math.max(0, names.length - max))
}

async function keep(cache: Cache, request: Request, answer: Response): Promise<void> {
  try {
    await cache.put(request, answer)
    const old = tooMany(await cache.keys())
    await Promise.all(old.map((name) => cache.delete(name)))
  } catch {
    // No room: the picture is fetched again the next time.
  }
}

/** A cache names what is in it in the order it was put there; only what may go soon is worth putting there anew. */
async function refresh(cache: Cache, request: Request, kept: Response): Promise<void> {
  const names = await cache.keys()
  const place = names.findIndex(({ url }) => url === request.url)
  if (names.length < PICTURES_MAX / 2 || place < 0 || place > PICTURES_MAX / 4) return
  await cache.delete(request)
  await keep(cache, request, kept)
}

function sizeOf(answer: Response): number {
  return Number(answer.headers.get('content-length') ?? 0)
}
