/** Loads the means to draw by hand when a shape first asks for it: most boards never do. */
import type { Sketch } from './sketch.ts'

/** Where it is loaded from. */
export type LoadSketch = () => Promise<Sketch>

const load: LoadSketch = async () => (await import('./rough.ts')).roughSets

/** Knows whether it is there. */
export class SketchWatch {
  readonly #load: LoadSketch
  readonly #onSettled: (sketch: Sketch | null) => void
  #sketch: Sketch | null = null
  #isLoading = false

  /** `onSettled` is told when it has come, or null when it cannot be had for now. */
  constructor(onSettled: (sketch: Sketch | null) => void, loadSketch: LoadSketch = load) {
    this.#load = loadSketch
    this.#onSettled = onSettled
  }

  /** Whether it is not on its way. */
  get isSettled(): boolean {
    return !this.#isLoading
  }

  /** Null until it is loaded; asking starts that. */
  get(): Sketch | null {
    if (!this.#sketch && !this.#isLoading) void this.#fetch()
    return this.#sketch
  }

  async #fetch(): Promise<void> {
    this.#isLoading = true
    // Without a network the shapes stay clean, and the next one asks again.
    this.#sketch = await this.#load().catch(() => null)
    this.#isLoading = false
    this.#onSettled(this.#sketch)
  }
}
