/** One long stroke of the pen tool, and what each of its moves costs at the beginning and at the end. */
import { enter } from '../browser/gestures.ts'
import { type HandEvent, play } from '../browser/hands.ts'
import { measureGesture, rest } from '../browser/meter.ts'
import { moveCosts } from '../browser/pointer-cost.ts'
import { TASK_CATEGORIES, traced } from '../browser/trace.ts'
import { HANDS, STROKE } from '../config.ts'
import { type Figures, mean, quantile } from '../harness/statistics.ts'
import { middleOf } from './looks.ts'
import type { Visit, Visiting } from './visit.ts'

/** The pen of all three. */
const PEN_KEY = 'x'

export const STROKE_VISIT: Visit = {
  scenarios: ['stroke'],
  scene: () => 'handwriting',
  camera: middleOf,
  changes: true,
  measure,
}

async function* measure({ tab }: Visiting): ReturnType<Visit['measure']> {
  await enter(tab)
  await tab.page.keyboard.press(PEN_KEY)
  await rest(HANDS.restMs)
  let figures: Figures = {}
  const events = await traced(tab, TASK_CATEGORIES, async () => {
    figures = await measureGesture(tab, () => play(tab.cdp, strokeEvents(), STROKE.everyMs))
  })
  const costs = moveCosts(events)
  const whole = costs.map(({ wholeMs }) => wholeMs)
  const tenth = Math.ceil(whole.length / 10)
  const [first, last] = [mean(whole.slice(0, tenth)), mean(whole.slice(-tenth))]
  yield [
    'stroke',
    {
      ...figures,
      moves: costs.length,
      firstMs: first,
      lastMs: last,
      growth: last / first,
      moveP95Ms: quantile(whole, 0.95),
      handlerP95Ms: quantile(
        costs.map(({ handlerMs }) => handlerMs),
        0.95,
      ),
    },
  ]
}

/** Pressed, drawn in loops, and lifted. */
function strokeEvents(): HandEvent[] {
  const { x, y, w, h } = STROKE.area
  const at = (index: number): { x: number; y: number } => {
    const part = index / STROKE.points
    const turn = part * STROKE.loops * 2 * Math.PI
    return {
      x: x + w * (0.08 + 0.84 * part) + Math.cos(turn) * w * 0.08,
      y: y + h / 2 + Math.sin(turn) * (h / 2) * (0.4 + 0.6 * part),
    }
  }
  const left = { button: 'left', buttons: 1 } as const
  const moves = Array.from({ length: STROKE.points }, (_, index): HandEvent => {
    return { type: 'mouseMoved', ...at(index + 1), ...left }
  })
  return [
    { type: 'mousePressed', ...at(0), ...left, clickCount: 1 },
    ...moves,
    { type: 'mouseReleased', ...at(STROKE.points), button: 'left', buttons: 0, clickCount: 1 },
  ]
}
