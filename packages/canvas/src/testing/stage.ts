/** A renderer on a real board with canvases that record and frames the test lets happen. */
import { Emitter, seededRandom } from '@kolam/base'
import { Board } from '@kolam/board'
import type { NewShape, ShapeId } from '@kolam/board'
import * as Y from 'yjs'
import type { ImageSource } from '../asset-images.ts'
import { Renderer } from '../renderer.ts'
import { fakeCanvas } from './fake-canvas.ts'
import { fixedLayouter } from './shapes.ts'

/** Pictures that arrive when the test says. */
export class FakeImages implements ImageSource {
  readonly #events = new Emitter<{ change: [asset: string] }>()
  readonly #states = new Map<string, CanvasImageSource | 'loading' | 'missing'>()

  get(asset: string): CanvasImageSource | 'loading' | 'missing' {
    return this.#states.get(asset) ?? 'loading'
  }

  on(name: 'change', listener: (asset: string) => void): () => void {
    return this.#events.on(name, listener)
  }

  settle(asset: string, state: CanvasImageSource | 'missing'): void {
    this.#states.set(asset, state)
    this.#events.emit('change', asset)
  }
}

/** Everything a test of the renderer holds on to. */
export function stage(shapes: readonly NewShape[] = [], options: { dpr?: number } = {}) {
  const board = new Board(new Y.Doc(), { random: seededRandom(1) })
  const ids: readonly ShapeId[] = board.insert(shapes)
  const [scene, overlay, images] = [fakeCanvas(), fakeCanvas(), new FakeImages()]
  const frames: (() => void)[] = []
  const renderer = new Renderer({
    scene: scene.canvas,
    overlay: overlay.canvas,
    board,
    images,
    theme: 'light',
    measurer: fixedLayouter(),
    schedule: (run) => {
      frames.push(run)
      return () => void frames.splice(frames.indexOf(run), 1)
    },
  })
  /** Lets the next frame happen, with fresh records; returns whether there was one. */
  const frame = (): boolean => {
    scene.clear()
    overlay.clear()
    const run = frames.shift()
    run?.()
    return run !== undefined
  }
  renderer.resize({ w: 400, h: 300, dpr: options.dpr ?? 1 })
  frame()
  return { board, ids, scene, overlay, images, renderer, frames, frame }
}
