/** What is to be done after a while, or all of it now. Keeps no timers: it is asked. */

interface Task {
  readonly at: number
  readonly run: () => void
}

export class Later {
  #tasks: Task[] = []

  /** Runs it when that time has come. */
  at(at: number, run: () => void): void {
    this.#tasks.push({ at, run })
  }

  /** Runs what is due by then, and what becomes due by that. */
  runDue(now = Number.POSITIVE_INFINITY): void {
    const due = this.#tasks.filter(({ at }) => at <= now)
    if (due.length === 0) return
    this.#tasks = this.#tasks.filter(({ at }) => at > now)
    for (const { run } of due) run()
    this.runDue(now)
  }
}
