/** Canvases that are on no page. */

/** A canvas to draw on: one of the page's, or one of its own. */
export type AnyCanvas = HTMLCanvasElement | OffscreenCanvas

/** The size is in device pixels; null where there is none to be had. */
export type CreateContext = (
  size: { readonly w: number; readonly h: number },
  options: CanvasRenderingContext2DSettings,
) => CanvasRenderingContext2D | null

/** A context on a canvas of its own; null outside of browsers and when memory is short. */
export const createContext: CreateContext = ({ w, h }, options) => {
  const canvas = createCanvas(w, h)
  // Both kinds draw the same; what one has more is never used here.
  return (canvas?.getContext('2d', options) as CanvasRenderingContext2D | null | undefined) ?? null
}

function createCanvas(w: number, h: number): AnyCanvas | null {
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(w, h)
  if (typeof document === 'undefined') return null
  return Object.assign(document.createElement('canvas'), { width: w, height: h })
}
