/** What each move of the pointer cost the main thread, of a trace. */
import type { TraceEvent } from './trace.ts'

/** One move as the page heard it, with all the work until the next one; ms of processor time. */
export interface MoveCost {
  readonly wholeMs: number
  /** In the page's listeners alone. */
  readonly handlerMs: number
}

/** In the order they came. A task that hears several moves shares its cost among them. */
export function moveCosts(events: readonly TraceEvent[]): MoveCost[] {
  const moves = events.filter(isMove).sort(byTime)
  const [first] = moves
  if (!first) return []
  const tasks = events
    .filter(({ name, pid, tid }) => name === 'RunTask' && pid === first.pid && tid === first.tid)
    .sort(byTime)
  const costs: { whole: number; handler: number; moves: number }[] = []
  let next = 0
  for (const task of tasks) {
    const end = task.ts + (task.dur ?? 0)
    const heard: TraceEvent[] = []
    while (next < moves.length && moves[next]!.ts <= end) heard.push(moves[next++]!)
    if (heard.length > 0) costs.push({ whole: 0, handler: sumOf(heard), moves: heard.length })
    const cost = costs.at(-1)
    if (cost) cost.whole += timeOf(task)
  }
  return costs.flatMap(({ whole, handler, moves: count }) =>
    Array.from({ length: count }, () => ({
      wholeMs: whole / count / 1000,
      handlerMs: handler / count / 1000,
    })),
  )
}

function isMove({ name, args }: TraceEvent): boolean {
  return name === 'EventDispatch' && args.data?.type === 'pointermove'
}

function byTime(a: TraceEvent, b: TraceEvent): number {
  return a.ts - b.ts
}

/** Processor time, so that waiting for a core does not count. */
function timeOf({ tdur, dur }: TraceEvent): number {
  return tdur ?? dur ?? 0
}

function sumOf(events: readonly TraceEvent[]): number {
  return events.reduce((sum, event) => sum + timeOf(event), 0)
}
