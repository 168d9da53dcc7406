/** How long ago something was, in a few words. Pure. */

const UNITS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, ms: number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
]

const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** `just now`, `5 minutes ago`, `yesterday`, `3 weeks ago`. A time in the future (a clock that is off) is now. */
export function relativeTime(at: number, now: number): string {
  const ago = now - at
  for (const [unit, ms] of UNITS) {
    if (ago >= ms) return words.format(-Math.floor(ago / ms), unit)
  }
  return 'just now'
}
