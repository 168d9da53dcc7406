/**
 * The sheets on which strokes grow: above the other canvases, and on the page only while something is drawn.
 *
 * They are asked for `desynchronized`: where the platform can, what is painted on them is on the screen without
 * waiting for the rest of the page, which is what makes ink stick to the pen. The other canvases are not:
 * scene and overlay must change together.
 */
import { deviceSize } from './view.ts'
import type { View } from './view.ts'

/** Two canvases on each other, as large as the view; nothing is ever copied from one to the other. */
export interface InkSheet {
  /** What stays as it was painted. */
  readonly settled: CanvasRenderingContext2D
  /** What is painted anew in each frame. */
  readonly loose: CanvasRenderingContext2D
  /** Whether its picture may be on the screen before that of the other canvases. */
  readonly isAhead: boolean
  /** Takes it off the page. */
  remove(): void
}

/** Puts an empty sheet on the page, which shows through as a whole; null where there is none to be had. */
export type MakeSheet = (view: View, opacity: number) => InkSheet | null

/** Sheets over `below`, at the same place of the page. */
export function sheetsOver(below: HTMLCanvasElement): MakeSheet {
  return (view, opacity) => {
    if (typeof document === 'undefined') return null
    const settled = inkContext(view)
    const loose = inkContext(view)
    if (!settled || !loose) return null
    const holder = document.createElement('div')
    holder.setAttribute('aria-hidden', 'true')
    holder.style.cssText = `position:absolute;inset:0;pointer-events:none;opacity:${opacity}`
    holder.append(settled.canvas, loose.canvas)
    below.after(holder)
    const isAhead = settled.getContextAttributes().desynchronized === true
    return { settled, loose, isAhead, remove: () => holder.remove() }
  }
}

function inkContext(view: View): CanvasRenderingContext2D | null {
  const { w: width, h: height } = deviceSize(view)
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  canvas.style.cssText = `position:absolute;left:0;top:0;width:${view.w}px;height:${view.h}px`
  return canvas.getContext('2d', { alpha: true, desynchronized: true })
}
