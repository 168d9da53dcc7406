/** What an attack may not do to the process it is aimed at: crash it, or leave sockets behind. */

/** Everything that would have ended or dirtied a process of its own. */
export class ProcessWatch {
  /** Uncaught errors and rejections nobody heard. */
  readonly crashes: string[] = []
  readonly #before = activeResources()
  readonly #crash = Promise.withResolvers<never>()
  readonly #onCrash = (error: unknown): void => {
    this.crashes.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
    this.#crash.reject(error)
  }

  constructor() {
    this.#crash.promise.catch(() => {})
    process.on('uncaughtException', this.#onCrash)
    process.on('unhandledRejection', this.#onCrash)
  }

  /** Rejects with the first of them. */
  get crash(): Promise<never> {
    return this.#crash.promise
  }

  /** Whatever is active now and was not at the start, by kind. */
  get leftovers(): Record<string, number> {
    const counts = Object.entries(activeResources())
    return Object.fromEntries(
      counts
        .map(([kind, count]): [string, number] => [kind, count - (this.#before[kind] ?? 0)])
        .filter(([, more]) => more > 0),
    )
  }

  stop(): void {
    process.off('uncaughtException', this.#onCrash)
    process.off('unhandledRejection', this.#onCrash)
  }
}

/** Handles of the network. Timers, files and threads come and go with the test runner and the clients. */
const WATCHED = /^(TCP|Pipe|TLS|HTTP)/

function activeResources(): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const kind of process.getActiveResourcesInfo()) {
    if (WATCHED.test(kind)) counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}
