/** A renderer on a real board with canvases that record, and frames the test lets happen. */
import { Emitter, ManualClock, seededRandom } from '@kolam/base'
import { Board } from '@kolam/board'
import type { NewShape, ShapeId } from '@kolam/board'
import * as Y from 'yjs'
import type { ImageSource } from '../asset-images.ts'
import type { CreateContext } from '../canvases.ts'
import { Renderer } from '../renderer.ts'
import { roughSets } from '../rough.ts'
import type { Ground, Piece, Surface } from '../tiles/surface.ts'
import { fakeCanvas } from './fake-canvas.ts'
import type { FakeCanvas } from './fake-canvas.ts'
import { fixedLayouter } from './shapes.ts'

/** Pictures that arrive when the test says. */
export class FakeImages implements ImageSource {
  readonly #events = new Emitter<{ change: [asset: string] }>()
  readonly #states = new Map<string, CanvasImageSource | 'loading' | 'missing'>()

  get(asset: string): CanvasImageSource | 'loading' | 'missing' {
    return this.#states.get(asset) ?? 'loading'
  }

  peek(asset: string): CanvasImageSource | 'loading' | 'missing' {
    return this.get(asset)
  }

  on(name: 'change', listener: (asset: string) => void): () => void {
    return this.#events.on(name, listener)
  }

  settle(asset: string, state: CanvasImageSource | 'missing'): void {
    this.#states.set(asset, state)
    this.#events.emit('change', asset)
  }
}

/** Between frames. */
const FRAME_MS = 16

/** Everything a test of the renderer holds on to. */
export function stage(shapes: readonly NewShape[] = [], options: { dpr?: number } = {}) {
  const board = new Board(new Y.Doc(), { random: seededRandom(1) })
  const ids: readonly ShapeId[] = board.insert(shapes)
  const [overlay, images, surface] = [fakeCanvas(), new FakeImages(), new FakeSurface()]
  const carried = new FakeSurface()
  const sides: FakeCanvas[] = []
  const clock = new ManualClock()
  const frames: (() => void)[] = []
  const renderer = new Renderer({
    scene: {} as HTMLElement,
    overlay: overlay.canvas,
    surfaces: [surface, carried],
    create: () => {
      const side = fakeCanvas()
      sides.push(side)
      return side.context
    },
    now: () => clock.now(),
    clock,
    sketch: () => Promise.resolve(roughSets),
    board,
    images,
    theme: 'light',
    measurer: fixedLayouter(),
    schedule: (run) => {
      frames.push(run)
      return () => void frames.splice(frames.indexOf(run), 1)
    },
  })
  /** What the scene's tiles are painted on, in a tile's own pixels. */
  const scene = sides[0]!
  /** Lets the next frame happen, with fresh records; returns whether there was one. */
  const frame = (): boolean => {
    scene.clear()
    overlay.clear()
    const run = frames.shift()
    run?.()
    return run !== undefined
  }
  /** Lets frames happen until there are none. */
  const settle = (): void => {
    while (frame()) clock.advance(FRAME_MS)
  }
  renderer.resize({ w: 400, h: 300, dpr: options.dpr ?? 1 })
  frame()
  const first = [...scene.calls]
  settle()
  scene.calls.splice(0, Infinity, ...first)
  return {
    board,
    sides,
    ids,
    scene,
    overlay,
    images,
    surface,
    carried,
    renderer,
    frames,
    frame,
    settle,
    clock,
  }
}

/** What `stage` gives. */
export type Stage = ReturnType<typeof stage>

/** Remembers what is shown. */
class FakeSurface implements Surface {
  pieces: readonly Piece[] = []
  ground: Ground | null = null

  readonly create: CreateContext = ({ w, h }) => {
    const { canvas, context } = fakeCanvas()
    Object.assign(canvas, { width: w, height: h })
    return context
  }

  show(pieces: readonly Piece[], ground: Ground): void {
    this.pieces = pieces
    this.ground = ground
  }

  dispose(): void {
    this.pieces = []
  }
}
