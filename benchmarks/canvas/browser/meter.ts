/** What a gesture costs: frames in the page, the main thread's time, and that of all processes of the browser. */
import { HANDS } from '../config.ts'
import { type Figures, frameFigures, quantile } from '../harness/statistics.ts'
import { takeLateness } from './hands.ts'
import { OthersMeter } from './others.ts'
import type { Tab } from './tab.ts'
import { drawnFrames, FRAME_CATEGORIES, traced } from './trace.ts'

/** Plays a gesture and gives its figures: times in ms, `othersShare` of one core. */
export async function measureGesture(tab: Tab, gesture: () => Promise<void>): Promise<Figures> {
  await rest()
  const meter = await OthersMeter.start(tab.page.context().browser()!)
  const before = await tab.mainThread()
  await tab.page.evaluate(() => window.probe.startFrames())
  takeLateness()
  await gesture()
  const late = quantile(takeLateness(), 0.95)
  const times = await tab.page.evaluate(() => window.probe.stopFrames())
  const after = await tab.mainThread()
  const { browser, othersShare, wall } = await meter.read()
  await meter.stop()
  return {
    ...frameFigures(times),
    wallMs: wall * 1000,
    lateMs: late,
    mainMs: (after.task - before.task) * 1000,
    scriptMs: (after.script - before.script) * 1000,
    browserMs: browser * 1000,
    othersShare,
  }
}

/** The same with the frames that reached the screen: how many a second, and the main thread's time for each. */
export async function watchGesture(tab: Tab, gesture: () => Promise<void>): Promise<Figures> {
  let figures: Figures = {}
  const events = await traced(tab, FRAME_CATEGORIES, async () => {
    figures = await measureGesture(tab, gesture)
  })
  const drawn = drawnFrames(events).length
  return {
    ...figures,
    drawn: (drawn / figures['wallMs']!) * 1000,
    frameCostMs: figures['mainMs']! / drawn,
  }
}

/** Nothing for a moment. */
export function rest(ms: number = HANDS.restMs): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms))
}
