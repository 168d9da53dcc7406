/** Chromium's own account of a gesture: which frames it drew, and what the main thread did when. */
import type { Browser } from '@playwright/test'
import type { Tab } from './tab.ts'

/** Drawn frames alone, which cost next to nothing to note. */
export const FRAME_CATEGORIES = ['disabled-by-default-devtools.timeline.frame'] as const
/** And every task and event of the main thread. */
export const TASK_CATEGORIES = [
  ...FRAME_CATEGORIES,
  'disabled-by-default-devtools.timeline',
  'devtools.timeline',
] as const

/** One entry; times in µs, `tdur` of processor time. */
export interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  readonly dur?: number
  readonly tdur?: number
  readonly args: { readonly data?: { readonly type?: string } }
}

/** What was noted while something ran. */
export async function traced(
  { page }: Tab,
  categories: readonly string[],
  run: () => Promise<void>,
): Promise<TraceEvent[]> {
  const browser = page.context().browser() as Browser
  await browser.startTracing(page, { categories: [...categories] })
  await run()
  const bytes = await browser.stopTracing()
  return (JSON.parse(bytes.toString()) as { traceEvents: TraceEvent[] }).traceEvents
}

/** When frames reached the screen, in ms. */
export function drawnFrames(events: readonly TraceEvent[]): number[] {
  return events.filter(({ name }) => name === 'DrawFrame').map(({ ts }) => ts / 1000)
}
