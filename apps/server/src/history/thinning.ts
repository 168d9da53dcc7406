/**
 * Which points stay, by age: everything of the last hour, then one an hour, then one a day, then one a week. Pure; what
 * people named stays until they take the name away, and the last point stays always.
 */
import type { PointInfo } from '@kolam/persistence'

/** How long points stay, and how much room they may take. */
export interface HistoryRules {
  /** Days until a point goes that nobody named; null keeps it. */
  readonly days: number | null
  /** Bytes of the history of one document. */
  readonly documentBytesMax: number
  /** Bytes of all histories. */
  readonly bytesMax: number
}

const HOUR_MS = 60 * 60 * 1_000
const DAY_MS = 24 * HOUR_MS
const WEEK_MS = 7 * DAY_MS

/** Up to which age there is one point in each stretch of time. */
const STEPS: readonly { readonly age: number; readonly stretch: number }[] = [
  { age: HOUR_MS, stretch: 0 },
  { age: DAY_MS, stretch: HOUR_MS },
  { age: 30 * DAY_MS, stretch: DAY_MS },
  { age: Number.POSITIVE_INFINITY, stretch: WEEK_MS },
]

/** What was there before somebody went back stays for as long as somebody may want to undo that. */
const BEFORE_RESTORE_MS = 30 * DAY_MS

/** The numbers of the points that age takes. */
export function outdated(
  points: readonly PointInfo[],
  { days, now }: { days: number | null; now: number },
): number[] {
  const taken = new Set<string>()
  const outdatedNumbers: number[] = []
  // From the last one on: of each stretch the last point stays, which shows most of it.
  for (const point of removable(points).toReversed()) {
    const age = now - point.at
    const isTooOld = days !== null && age > days * DAY_MS
    if (isTooOld || isSecond(point, age, taken)) outdatedNumbers.push(point.number)
  }
  return outdatedNumbers.reverse()
}

/** The numbers of the points that go where there is too little room: every second one, and the oldest first. */
export function everySecond(points: readonly PointInfo[]): number[] {
  const candidates = removable(points)
  const numbers = candidates.filter((_, index) => index % 2 === 0).map(({ number }) => number)
  return numbers.slice(0, Math.max(1, Math.ceil(candidates.length / 2)))
}

function removable(points: readonly PointInfo[]): PointInfo[] {
  const last = points.at(-1)
  return points.filter((point) => point !== last && point.kind !== 'named')
}

function isSecond(point: PointInfo, age: number, taken: Set<string>): boolean {
  if (point.kind === 'before-restore' && age < BEFORE_RESTORE_MS) return false
  const { stretch } = STEPS.find((step) => age < step.age)!
  if (stretch === 0) return false
  const key = `${stretch} ${Math.floor(point.at / stretch)}`
  if (taken.has(key)) return true
  taken.add(key)
  return false
}
