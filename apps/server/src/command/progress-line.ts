/** How far long work is: one line that changes on a screen, a line now and then in a log. */
import type { Progress } from '@kolam/persistence/sqlite'
import { numberText } from './words.ts'

/** Where progress is shown, and the time. */
export interface ProgressOutput {
  readonly isScreen: boolean
  write(text: string): void
  now(): number
}

/** Faster than this nobody reads it. */
const SCREEN_MS = 100

/** Often enough to see that it lives, seldom enough not to fill a log. */
const LOG_MS = 5_000

const ERASE = '\r\u001B[K'

/** The progress of one call. */
export class ProgressLine {
  readonly #output: ProgressOutput
  #shownAt = Number.NEGATIVE_INFINITY
  #isDrawn = false

  constructor(output: ProgressOutput) {
    this.#output = output
    // In a log the first line comes after a while, or when a step has ended.
    if (!output.isScreen) this.#shownAt = output.now()
  }

  /** Tells of a step; most are passed over, the end of each step never is. */
  show(progress: Progress): void {
    if (progress.total === 0) return
    const { isScreen } = this.#output
    const now = this.#output.now()
    const isEnd = progress.done >= progress.total
    if (!isEnd && now - this.#shownAt < (isScreen ? SCREEN_MS : LOG_MS)) return
    this.#shownAt = now
    this.#isDrawn = isScreen
    this.#output.write(isScreen ? `${ERASE}${textOf(progress)}` : `${textOf(progress)}\n`)
  }

  /** Takes the line off the screen. */
  end(): void {
    if (this.#isDrawn) this.#output.write(ERASE)
    this.#isDrawn = false
  }
}

const STEPS: Readonly<Record<Progress['step'], string>> = {
  'copy database': 'Copying the database, page',
  'copy assets': 'Copying pictures,',
  'check structure': 'Checking the structure of the database,',
  'check documents': 'Checking documents,',
  'check assets': 'Checking pictures,',
  'compact documents': 'Compacting documents,',
  'rebuild database': 'Rebuilding the database,',
  'mend documents': 'Mending documents,',
}

function textOf({ step, done, total }: Progress): string {
  return `${STEPS[step]} ${numberText(done)} of ${numberText(total)}`
}
