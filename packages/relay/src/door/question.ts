/**
 * The question who somebody is: put to the embedder, answered once, in time. Whatever goes wrong on the way (an error,
 * nonsense, silence) is a refusal. A question put again replaces the one before, whose answer is not heard any more.
 */
import type { Clock, Disposer } from '@kolam/base'
import { closings } from '../errors.ts'
import type { Limits } from '../limits.ts'
import { errorText, type Log } from '../log.ts'
import { type Verdict, verdictOf } from './admission.ts'

/** What a question stands on. */
export interface QuestionPorts {
  readonly clock: Clock
  readonly limits: Limits
  readonly log: Log
}

/** What is to be known, how long that may take, and who wants to know. */
export interface QuestionOptions {
  readonly withinMs: number
  /** Anything may come out of it; the signal says that nobody waits any more. */
  ask(signal: AbortSignal): unknown
  /** Called once at most. */
  hear(verdict: Verdict): void
}

/** One question, which may be put several times until it is answered. */
export class Question {
  readonly #ports: QuestionPorts
  readonly #options: QuestionOptions
  readonly #cancelDeadline: Disposer
  #asked: AbortController | null = null
  #isPutSoon = false
  #isOver = false

  constructor(ports: QuestionPorts, options: QuestionOptions) {
    this.#ports = ports
    this.#options = options
    // From the first time it is put, so that nobody is left waiting by one who always asks again.
    this.#cancelDeadline = ports.clock.after(options.withinMs, () =>
      this.#fail('no answer in time'),
    )
  }

  /** Asks. */
  put(): void {
    if (this.#isOver) return
    const asked = new AbortController()
    this.#asked = asked
    const take = (answer: unknown): void => this.#take(asked, answer)
    const fail = (error: unknown): void => {
      if (this.#asked === asked) this.#fail(errorText(error))
    }
    try {
      const answer = this.#options.ask(asked.signal)
      // What is answered at once is heard at once: nothing has to wait for it.
      if (isThenable(answer)) void Promise.resolve(answer).then(take, fail)
      else take(answer)
    } catch (error) {
      fail(error)
    }
  }

  /** Asks anew at the end of this turn; what was asked before may be answered from what is not true any more. */
  putAgain(): void {
    this.#asked?.abort()
    this.#asked = null
    if (this.#isPutSoon) return
    this.#isPutSoon = true
    queueMicrotask(() => {
      this.#isPutSoon = false
      this.put()
    })
  }

  /** Nobody wants to know any more. */
  drop(): void {
    this.#asked?.abort()
    this.#end()
  }

  #take(asked: AbortController, answer: unknown): void {
    if (this.#asked !== asked) return
    const verdict = this.#verdictOf(answer)
    if (!verdict) return this.#fail('the answer is no admission')
    this.#end()
    this.#options.hear(verdict)
  }

  /** Even to look at an answer may fail: it is the embedder's object. */
  #verdictOf(answer: unknown): Verdict | null {
    try {
      return verdictOf(answer, this.#ports.limits)
    } catch {
      return null
    }
  }

  #fail(error: string): void {
    if (this.#isOver) return
    this.#ports.log.warn('authorize failed', { error })
    this.drop()
    this.#options.hear({ ok: false, closing: closings.cannotTellWho() })
  }

  #end(): void {
    this.#isOver = true
    this.#asked = null
    this.#cancelDeadline()
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value
}
