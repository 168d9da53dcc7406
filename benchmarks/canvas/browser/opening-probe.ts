/**
 * Watches how a page comes up: when the bytes of the board are there, when a shape is on the screen, when all is quiet.
 * The functions run in every page before its own scripts and must stand alone: only their text gets there.
 */

/** Times in ms since the navigation began, NaN where something has not happened. */
export interface OpeningTimes {
  readonly bytes: number
  readonly paint: number
  /** Since when Kolam says that everything visible is drawn; 0 where nothing says so. */
  readonly idle: number
  /** The end of the last task of 50 ms. */
  readonly longTask: number
  readonly now: number
}

declare global {
  interface Window {
    opening: { paint: number; idle: number; longTask: number; message: number }
  }
}

/** What is known by now. Runs in the page. */
export function readOpening(): OpeningTimes {
  const { paint, idle, longTask, message } = window.opening
  const marks = ['kolam:bytes', 'bench:bytes'].flatMap((name) => performance.getEntriesByName(name))
  return {
    bytes: marks[0]?.startTime ?? message,
    paint,
    idle: window.peer === undefined ? idle : 0,
    longTask,
    now: performance.now(),
  }
}

/** Long tasks, and the moment of the largest message of a socket: that is the document. */
export function installTaskWatch(): void {
  window.opening = { paint: NaN, idle: NaN, longTask: 0, message: NaN }
  const watch = new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      window.opening.longTask = startTime + duration
    }
  })
  watch.observe({ type: 'longtask', buffered: true })
  let largest = 0
  window.WebSocket = class extends WebSocket {
    constructor(...words: ConstructorParameters<typeof WebSocket>) {
      super(...words)
      this.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer | Blob | string>) => {
        const isBlob = data instanceof Blob
        const bytes = typeof data === 'string' ? data.length : isBlob ? data.size : data.byteLength
        if (bytes <= largest) return
        largest = bytes
        window.opening.message = performance.now()
      })
    }
  }
}

/** Looks at each frame whether shapes are there, until they are. */
export function installPaintWatch({ pixels }: { readonly pixels: number }): void {
  const [width, height, colorful] = [320, 200, 60]
  const scratch = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!

  const isColored = (canvas: HTMLCanvasElement): boolean => {
    if (canvas.width < width || canvas.height < height) return false
    scratch.clearRect(0, 0, width, height)
    const [x, y] = [(canvas.width - width) / 2, (canvas.height - height) / 2]
    scratch.drawImage(canvas, x, y, width, height, 0, 0, width, height)
    const { data } = scratch.getImageData(0, 0, width, height)
    let count = 0
    for (let at = 0; at < data.length; at += 4) {
      const [red, green, blue] = [data[at]!, data[at + 1]!, data[at + 2]!]
      if (Math.max(red, green, blue) - Math.min(red, green, blue) > colorful) count++
    }
    return count >= pixels
  }

  /** tldraw's shapes are elements; the others paint. */
  const isPainted = (): boolean =>
    document.querySelector('.tl-shape') !== null ||
    [...document.querySelectorAll('canvas')].some((canvas) => isColored(canvas))

  const look = (): void => {
    const { opening } = window
    const now = performance.now()
    if (Number.isNaN(opening.paint) && isPainted()) opening.paint = now
    const state = document.querySelector('[data-idle]')?.getAttribute('data-idle')
    const isPaintedNow = !Number.isNaN(opening.paint)
    if (state === 'false') opening.idle = NaN
    else if (state === 'true' && Number.isNaN(opening.idle) && isPaintedNow) opening.idle = now
    const isDone = isPaintedNow && (window.peer !== undefined || !Number.isNaN(opening.idle))
    if (!isDone) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}
