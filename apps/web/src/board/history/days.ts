/** Times and days as people say them, in this person's time zone; and a history by its days. Pure. */
import type { Point } from './points.ts'

export interface Day {
  /** Of the local calendar, as in `2026-11-12`. */
  readonly key: string
  readonly label: string
  readonly points: readonly Point[]
}

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' })
const dayOfYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
})

/** Neighbours of one day together, in the order they came. */
export function groupByDay(points: readonly Point[], now: number): Day[] {
  const days: { key: string; label: string; points: Point[] }[] = []
  for (const point of points) {
    const key = keyOf(new Date(point.at))
    const last = days.at(-1)
    if (last?.key === key) last.points.push(point)
    else days.push({ key, label: dayText(point.at, now), points: [point] })
  }
  return days
}

/** `14:32`. */
export function timeText(at: number): string {
  return time.format(at)
}

/** `Today`, `Yesterday`, `12 November`, and with its year when that is another one. */
export function dayText(at: number, now: number): string {
  const [then, today] = [new Date(at), new Date(now)]
  if (keyOf(then) === keyOf(today)) return 'Today'
  // By the calendar and not by 24 hours: a day with a change of the clock is shorter or longer.
  today.setDate(today.getDate() - 1)
  if (keyOf(then) === keyOf(today)) return 'Yesterday'
  const sameYear = then.getFullYear() === new Date(now).getFullYear()
  return (sameYear ? day : dayOfYear).format(then)
}

/** `14:32 today`, `14:32 on 12 November`: inside a sentence. */
export function momentText(at: number, now: number): string {
  const name = dayText(at, now)
  const isNear = name === 'Today' || name === 'Yesterday'
  return `${timeText(at)} ${isNear ? name.toLowerCase() : `on ${name}`}`
}

function keyOf(date: Date): string {
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')
}
