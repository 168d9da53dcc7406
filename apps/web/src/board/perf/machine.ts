/** What the browser tells of the page beside its frames, where it does. */
import type { Disposer } from '@kolam/base'

const LONG_TASK = 'longtask'

/** Chromium's own, in no standard. */
interface MemoryPerformance extends Performance {
  readonly memory?: { readonly usedJSHeapSize: number }
}

/** Bytes of the script's heap, as finely as the browser tells; null where it does not. */
export function heapBytes(): number | null {
  return (performance as MemoryPerformance).memory?.usedJSHeapSize ?? null
}

/** True where the browser tells of tasks that held the page up for more than 50 ms. */
export function knowsLongTasks(): boolean {
  return PerformanceObserver.supportedEntryTypes.includes(LONG_TASK)
}

/** Tells how many long tasks there were since it was last told, until the returned disposer is called. */
export function watchLongTasks(told: (count: number) => void): Disposer {
  const observer = new PerformanceObserver((list) => told(list.getEntries().length))
  observer.observe({ type: LONG_TASK })
  return () => observer.disconnect()
}
