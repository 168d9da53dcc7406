/**
 * Brings peers up to date: those who asked with a step1, and those who fell behind. One at a time for each peer, and
 * only when it has taken what it was sent before, so that nobody gathers answers in our memory by not reading them.
 */
import type { Ending } from './answers.ts'
import type { Counts } from './counts.ts'
import { closings } from './errors.ts'
import type { Limits } from './limits.ts'
import { errorText, type Log } from './log.ts'
import type { RoomDocument } from './room-document.ts'
import type { RoomSession } from './session.ts'

/** What catching up stands on. */
export interface CatchUpsPorts {
  readonly id: string
  readonly limits: Limits
  readonly log: Log
  readonly counts: Counts
  readonly document: RoomDocument
  /** The peer is up to date; what it missed besides the document can be sent. */
  caughtUp(session: RoomSession): void
}

interface Question {
  readonly stateVector: Uint8Array
  readonly ending: Ending
}

interface Line {
  readonly questions: Question[]
  isRunning: boolean
}

/** The peers of one room that wait. */
export class CatchUps {
  readonly #ports: CatchUpsPorts
  readonly #lines = new Map<RoomSession, Line>()

  constructor(ports: CatchUpsPorts) {
    this.#ports = ports
  }

  /** A step1: answered with a step2, after those that came before it. */
  ask(session: RoomSession, stateVector: Uint8Array): void {
    const line = this.#line(session)
    if (line.questions.length > this.#ports.limits.waitingQuestionsMax) {
      return session.end(closings.waitingTooMuch())
    }
    line.questions.push({ stateVector, ending: 'step2' })
    session.outbox.wait()
    this.pump(session)
  }

  /** The peer was sent everything up to this state vector, and nothing after it. */
  fellBehind(session: RoomSession, stateVector: Uint8Array): void {
    this.#ports.counts.resyncs += 1
    this.#line(session).questions.push({ stateVector, ending: 'none' })
    session.outbox.wait()
    this.pump(session)
  }

  /** Goes on where the peer can take more. */
  pump(session: RoomSession): void {
    const line = this.#lines.get(session)
    if (line && !line.isRunning && session.outbox.isReady) void this.#run(session, line)
  }

  leave(session: RoomSession): void {
    this.#lines.delete(session)
  }

  #line(session: RoomSession): Line {
    const line = this.#lines.get(session) ?? { questions: [], isRunning: false }
    this.#lines.set(session, line)
    return line
  }

  async #run(session: RoomSession, line: Line): Promise<void> {
    line.isRunning = true
    try {
      while (this.#isNext(session, line)) await this.#answerNext(session, line)
    } catch (error) {
      // Nobody waits for it any more, as when the server stops.
      if (!session.isOpen) return
      const { log, id } = this.#ports
      log.error('cannot answer', { document: id, error: errorText(error) })
      session.end(closings.cannotAnswer())
    }
    line.isRunning = false
  }

  #isNext(session: RoomSession, line: Line): boolean {
    return this.#lines.get(session) === line && line.questions.length > 0 && session.outbox.isReady
  }

  async #answerNext(session: RoomSession, line: Line): Promise<void> {
    const [question] = line.questions
    if (!question) return
    const answer = await this.#ports.document.answer(question.stateVector)
    const rest = this.#ports.document.after(answer.position)
    // It left or may not read any more; or the updates since were merged, and are in the answer of another try.
    if (!this.#isNext(session, line) || !rest) return
    line.questions.splice(line.questions.indexOf(question), 1)
    const more = line.questions.length > 0
    if (!more) this.#lines.delete(session)
    session.outbox.catchUp({ answer, ending: question.ending, rest, more })
    if (!more) this.#ports.caughtUp(session)
  }
}
