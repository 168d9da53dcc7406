/** Typed events with plain arguments. Never async, never bubbling, and no listener can stop another. */

import type { Disposer } from './disposers.ts'
import { runAll } from './run-all.ts'

/** Event names mapped to the tuple of their arguments. */
export type EventMap<Events> = { [Name in keyof Events]: readonly unknown[] }

/** Calls the listeners of an event in the order they came. */
export class Emitter<Events extends EventMap<Events>> {
  readonly #entries = new Map<keyof Events, Set<Entry>>()

  /** Listens until the returned disposer is called. */
  on<Name extends keyof Events>(name: Name, listener: (...args: Events[Name]) => void): Disposer {
    const entry: Entry = { call: (args) => listener(...(args as Events[Name])) }
    const entries = this.#entries.get(name) ?? new Set()
    this.#entries.set(name, entries.add(entry))
    return () => {
      entries.delete(entry)
    }
  }

  /** Tells every listener; those removed on the way are not called, those added are called next time. */
  emit<Name extends keyof Events>(name: Name, ...args: Events[Name]): void {
    const entries = this.#entries.get(name)
    if (!entries || entries.size === 0) return
    runAll(
      Array.from(entries, (entry) => () => {
        if (entries.has(entry)) entry.call(args)
      }),
    )
  }

  /** Forgets every listener. */
  clear(): void {
    for (const entries of this.#entries.values()) entries.clear()
    this.#entries.clear()
  }
}

/** One registration; an object, so that the same function may listen twice. */
interface Entry {
  call(args: readonly unknown[]): void
}
