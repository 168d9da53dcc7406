/**
 * Pictures of the asset store, loaded when first asked for.
 *
 * Never retries by itself: a picture that failed stays `missing` until `retry` is called.
 */
import { Emitter } from '@kolam/base'
import type { Disposer } from '@kolam/base'

/** Where the renderer gets pictures from; asking starts the loading. */
export interface ImageSource {
  get(asset: string): CanvasImageSource | 'loading' | 'missing'
  /** The same without starting anything: for what is painted though nobody sees it yet. */
  peek(asset: string): CanvasImageSource | 'loading' | 'missing'
  /** Told whenever `get(asset)` would answer differently than before. */
  on(name: 'change', listener: (asset: string) => void): Disposer
}

/** Decoded pictures are large: keep at most this many pixels (about 1 GB of RGBA). */
const PIXELS_MAX = 256_000_000

type Entry =
  | { readonly state: 'loading' | 'missing' }
  | { readonly state: 'ready'; readonly image: HTMLImageElement; readonly pixels: number }

/** Loads pictures by address, keeps the recently used ones. */
export class AssetImages implements ImageSource {
  readonly #url: (asset: string) => string
  readonly #pixelsMax: number
  readonly #events = new Emitter<{ change: [asset: string] }>()
  /** In order of use, least recent first. */
  readonly #entries = new Map<string, Entry>()
  #pixels = 0

  constructor(options: { url(asset: string): string; pixelsMax?: number }) {
    this.#url = (asset) => options.url(asset)
    this.#pixelsMax = options.pixelsMax ?? PIXELS_MAX
  }

  get(asset: string): CanvasImageSource | 'loading' | 'missing' {
    if (asset === '') return 'missing'
    const entry = this.#entries.get(asset)
    if (!entry) return this.#load(asset)
    if (entry.state !== 'ready') return entry.state
    this.#entries.delete(asset)
    this.#entries.set(asset, entry)
    return entry.image
  }

  peek(asset: string): CanvasImageSource | 'loading' | 'missing' {
    if (asset === '') return 'missing'
    const entry = this.#entries.get(asset)
    return entry?.state === 'ready' ? entry.image : (entry?.state ?? 'loading')
  }

  /** Ask again for a picture that was missing, or for all of them. */
  retry(asset?: string): void {
    for (const [name, { state }] of this.#entries) {
      if (state !== 'missing' || (asset !== undefined && asset !== name)) continue
      this.#entries.delete(name)
      this.#events.emit('change', name)
    }
  }

  on(name: 'change', listener: (asset: string) => void): Disposer {
    return this.#events.on(name, listener)
  }

  #load(asset: string): 'loading' {
    const image = new Image()
    this.#entries.set(asset, { state: 'loading' })
    image.decoding = 'async'
    image.src = this.#url(asset)
    image.decode().then(
      () => this.#settle(asset, { state: 'ready', image, pixels: image.width * image.height }),
      () => this.#settle(asset, { state: 'missing' }),
    )
    return 'loading'
  }

  #settle(asset: string, entry: Entry): void {
    this.#entries.set(asset, entry)
    if (entry.state === 'ready') this.#pixels += entry.pixels
    this.#forgetOldest(asset)
    this.#events.emit('change', asset)
  }

  #forgetOldest(keep: string): void {
    for (const [asset, entry] of this.#entries) {
      if (this.#pixels <= this.#pixelsMax) return
      if (entry.state !== 'ready' || asset === keep) continue
      this.#pixels -= entry.pixels
      this.#entries.delete(asset)
    }
  }
}
