/**
 * What the editor tells its view: names without values, each at most once per input.
 *
 * Whatever a pointer move touches, a listener of `overlay` runs once, after the move is done.
 */
import { Emitter, type Disposer } from '@kolam/base'

export type EditorEvent =
  'camera' | 'selection' | 'tool' | 'style' | 'overlay' | 'editing' | 'cursor'

/** Gathers events while work is under way and emits each name once at its end. */
export class Signals {
  readonly #emitter = new Emitter<Record<EditorEvent, readonly []>>()
  readonly #watchers = new Emitter<Record<EditorEvent, readonly []>>()
  readonly #marked = new Set<EditorEvent>()
  #depth = 0

  on(name: EditorEvent, listener: () => void): Disposer {
    return this.#emitter.on(name, listener)
  }

  /** For caches: hear every mark at once, also within a batch. */
  watch(name: EditorEvent, listener: () => void): Disposer {
    return this.#watchers.on(name, listener)
  }

  /** Say that `name` changed; heard at once outside a batch, else at its end. */
  mark(name: EditorEvent): void {
    this.#watchers.emit(name)
    this.#marked.add(name)
    if (this.#depth === 0) this.#flush()
  }

  /** Run `work`; listeners hear what it marked afterwards, even if it throws. */
  batch<T>(work: () => T): T {
    this.#depth++
    try {
      return work()
    } finally {
      this.#depth--
      if (this.#depth === 0) this.#flush()
    }
  }

  clear(): void {
    this.#emitter.clear()
    this.#watchers.clear()
  }

  #flush(): void {
    for (const name of this.#marked) {
      this.#marked.delete(name)
      this.#emitter.emit(name)
    }
  }
}
