/** Generous bounds for what must happen by itself and soon, so that a slower road to the same end fails the test. */

/** Far below the 15 s after which a stock client renews its presence by itself, far above what it takes. */
const SOON_MS = 6_000

/** Rejects where only a client's own renewal brings what is awaited. */
export function soon<Result>(what: string, work: Promise<Result>): Promise<Result> {
  return within(SOON_MS, what, work)
}

/** Rejects with what was waited for when `work` takes longer. */
export async function within<Result>(
  limitMs: number,
  what: string,
  work: Promise<Result>,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Not within ${limitMs} ms: ${what}`)), limitMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
