/**
 * Follows the frames of a board while somebody looks: gathers their figures, and marks each of them in the
 * browser's profiler. Paints nothing and asks for no frame, so that an idle board stays idle.
 */
import { Disposers, type Disposer } from '@kolam/base'
import type { FrameStats } from '@kolam/canvas'
import { figuresOf, frameRing, type FrameFigures } from './figures.ts'
import { heapBytes, knowsLongTasks, watchLongTasks } from './machine.ts'
import { markFrame } from './marks.ts'

/** Figures that changed with every frame could not be read, and would be a load of their own. */
const REFRESH_MS = 200

/** Who tells of painted frames; a stage is one. */
export interface FrameSource {
  onFrame(listener: (stats: FrameStats) => void): Disposer
}

export class FrameWatch {
  readonly #source: FrameSource
  readonly #frames = frameRing()
  #timer = 0
  /** Null before the first frame. */
  figures = $state.raw<FrameFigures | null>(null)
  /** Bytes; null where the browser does not tell. */
  heap = $state(heapBytes())
  /** Since it was started; null where the browser does not tell. */
  longTasks = $state(knowsLongTasks() ? 0 : null)

  constructor(source: FrameSource) {
    this.#source = source
  }

  /** Follows until the returned disposer is called. */
  start(): Disposer {
    const disposers = new Disposers()
    disposers.add(this.#source.onFrame((stats) => this.#note(stats)))
    if (this.longTasks !== null) {
      disposers.add(watchLongTasks((count) => (this.longTasks = (this.longTasks ?? 0) + count)))
    }
    disposers.add(() => clearTimeout(this.#timer))
    return () => disposers.dispose()
  }

  #note(stats: FrameStats): void {
    this.#frames.add(stats)
    markFrame(stats)
    this.#wantRefresh()
  }

  /** Goes on until a second has passed without a frame. */
  #wantRefresh(): void {
    if (this.#timer !== 0) return
    this.#timer = window.setTimeout(() => {
      this.#timer = 0
      this.#refresh()
    }, REFRESH_MS)
  }

  #refresh(): void {
    this.figures = figuresOf(this.#frames, performance.now())
    this.heap = heapBytes()
    if (this.figures?.perSecond) this.#wantRefresh()
  }
}
