/** What an embedder may listen to. A hook that throws or rejects is logged and changes nothing. */
import { errorText, type Log } from './log.ts'
import type { Who } from './peer.ts'

/** Called after the fact; nobody waits for a hook. */
export interface RelayHooks {
  /** Somebody came in; the document may still be loading. */
  connected?(id: string, who: Who): unknown
  disconnected?(id: string, who: Who): unknown
  /** These updates are on disk and about to be seen. */
  committed?(id: string, updates: readonly Uint8Array[]): unknown
  loaded?(id: string): unknown
  unloaded?(id: string): unknown
}

/** Calls hooks so that nothing of theirs comes back. */
export class HookRunner {
  readonly #hooks: RelayHooks
  readonly #log: Log

  constructor(hooks: RelayHooks, log: Log) {
    this.#hooks = hooks
    this.#log = log
  }

  run<Name extends keyof RelayHooks>(name: Name, ...args: Parameters<Hook<Name>>): void {
    const hook = this.#hooks[name] as ((...args: unknown[]) => unknown) | undefined
    if (!hook) return
    try {
      const result = hook.apply(this.#hooks, args)
      if (result instanceof Promise) result.catch((error: unknown) => this.#failed(name, error))
    } catch (error) {
      this.#failed(name, error)
    }
  }

  #failed(hook: string, error: unknown): void {
    this.#log.error('hook failed', { hook, error: errorText(error) })
  }
}

type Hook<Name extends keyof RelayHooks> = NonNullable<RelayHooks[Name]>
