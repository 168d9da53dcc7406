/**
 * The document messages of one session, in the order they came: each is read, judged (known, refused or stored) and
 * done before the next. Never answers out of turn.
 */
import { encodeMessage, type Message } from '@kolam/protocol'
import { isNothing, type SiftedUpdate, type UpdateInfo } from './documents.ts'
import { closings } from './errors.ts'
import { errorText } from './log.ts'
import { mayEdit } from './peer.ts'
import type { RoomSession, SessionPorts, SessionRoom } from './session.ts'

/** A message that may bring something new. */
export type DocumentMessage = Extract<Message, { type: 'step2' | 'update' }>

const KNOWN = encodeMessage({ type: 'known' })
const NO_EDITOR = encodeMessage({
  type: 'auth',
  reason: 'Cannot edit: this link is not for editing',
})
const FULL = encodeMessage({
  type: 'auth',
  reason: 'Cannot edit: the document is as large as it may become',
})
const DAMAGED = encodeMessage({
  type: 'auth',
  reason: 'Cannot edit: part of this document is damaged on the server’s disk',
})

/** One session's line. */
export class DocumentLine {
  readonly #session: RoomSession
  readonly #room: SessionRoom
  readonly #ports: SessionPorts
  #messages: DocumentMessage[] = []
  #bytes = 0
  #isExamining = false
  #toldRefusal = false

  constructor(session: RoomSession, room: SessionRoom, ports: SessionPorts) {
    this.#session = session
    this.#room = room
    this.#ports = ports
  }

  /** Takes a message whose bytes are its own. */
  push(message: DocumentMessage): void {
    const { waitingFramesMax, waitingBytesMax } = this.#ports.limits
    const bytes = this.#bytes + message.update.length
    const isFull = this.#messages.length >= waitingFramesMax || bytes > waitingBytesMax
    if (isFull && this.#messages.length > 0) return this.#session.end(closings.waitingTooMuch())
    this.#bytes = bytes
    this.#messages.push(message)
    this.#examineNext()
  }

  clear(): void {
    this.#messages = []
    this.#bytes = 0
  }

  /** One after the other, at once where that is possible: a message never overtakes one that came before it. */
  #examineNext(): void {
    while (!this.#isExamining) {
      const message = this.#messages.shift()
      if (!message) return
      this.#bytes -= message.update.length
      const info = this.#inspect(message.update)
      if (!info) return
      const judged =
        info instanceof Promise ? this.#judgeLater(message, info) : this.#judge(message, info)
      if (judged) this.#resumeAfter(judged)
    }
  }

  #resumeAfter(examined: Promise<void>): void {
    this.#isExamining = true
    const resume = (): void => {
      this.#isExamining = false
      this.#session.guard(() => this.#examineNext())
    }
    examined.then(resume, (error: unknown) => {
      const { connection } = this.#session
      const details = { document: this.#room.id, connection, error: errorText(error) }
      this.#ports.log.error('examination failed', details)
      this.#session.end(closings.cannotAnswer())
    })
  }

  #inspect(update: Uint8Array): UpdateInfo | Promise<UpdateInfo> | null {
    try {
      return this.#ports.documents.inspect(update)
    } catch {
      this.#session.end(closings.badMessage('Cannot read the update'))
      return null
    }
  }

  async #judgeLater(message: DocumentMessage, inspecting: Promise<UpdateInfo>): Promise<void> {
    const info = await inspecting.catch(() => null)
    if (!info) return this.#session.end(closings.badMessage('Cannot read the update'))
    if (this.#session.isOpen) await this.#judge(message, info)
  }

  /** Known, refused, or stored. A promise only where that takes a look into the document. */
  #judge(message: DocumentMessage, info: UpdateInfo): Promise<void> | undefined {
    const overlap = this.#room.overlap(info)
    if (overlap !== 'none' && mayEdit(this.#session.who.role)) return this.#sift(message, info)
    if (info.structs.length > 0 && overlap !== 'all') {
      this.#accept(message, info)
      return undefined
    }
    if (info.deletes === 0) {
      this.#answerNothingNew(message)
      return undefined
    }
    if (message.type === 'step2') return this.#judgeDeletions(message, info)
    this.#accept(message, info)
    return undefined
  }

  /** Clocks say that something is there, not that it is the same. What is not new is never stored a second time. */
  async #sift(message: DocumentMessage, info: UpdateInfo): Promise<void> {
    const isDone = await this.#room.sift(message.update, info, (found) => {
      if (this.#session.isOpen) this.#takeSifted(message, found)
      return true
    })
    if (!isDone) this.#session.end(closings.cannotStore())
  }

  #takeSifted(message: DocumentMessage, found: SiftedUpdate): void {
    if (found.contradicts) return this.#session.end(closings.taken())
    this.#tellGone(found.gone)
    if (isNothing(found.news)) return this.#answerNothingNew(message)
    if (!this.#mayStore(found.news, found.info)) return
    if (!this.#room.takeNews(this.#session, found, this.#nothingNew(message))) {
      this.#session.end(closings.cannotStore())
    }
  }

  /** It still has what others have deleted, and is about to hear that all it has is stored. */
  #tellGone(update: Uint8Array): void {
    if (isNothing(update)) return
    const type = this.#session.who.kolam ? 'part' : 'update'
    this.#room.reply(this.#session, encodeMessage({ type, update }))
  }

  /** Every step2 carries all deletions of its document; storing them at each join would let the log grow from reading. */
  async #judgeDeletions(message: DocumentMessage, info: UpdateInfo): Promise<void> {
    const nothing = await this.#room.addsNothing(message.update)
    if (!this.#session.isOpen) return
    if (nothing) this.#answerNothingNew(message)
    else this.#accept(message, info)
  }

  #accept({ update }: DocumentMessage, info: UpdateInfo): void {
    if (!this.#mayStore(update, info)) return
    if (!this.#room.take(this.#session, update, info)) this.#session.end(closings.cannotStore())
  }

  /** Whether this may be stored; where not, it has been said. */
  #mayStore(update: Uint8Array, info: UpdateInfo): boolean {
    if (!mayEdit(this.#session.who.role)) this.#refuse(NO_EDITOR)
    else if (this.#room.isDamaged) this.#refuse(DAMAGED)
    else if (!this.#room.hasSpaceFor(update.length, info)) this.#refuse(FULL)
    else if (this.#room.isTooEarly(info)) this.#session.end(closings.tooEarly())
    else return true
    return false
  }

  /** To a Kolam client each refusal answers one message; a stock client only prints it, so once is enough. */
  #refuse(refusal: Uint8Array): void {
    this.#ports.counts.refusedEdits += 1
    if (this.#session.who.kolam || !this.#toldRefusal) this.#room.reply(this.#session, refusal)
    this.#toldRefusal = true
  }

  #answerNothingNew(message: DocumentMessage): void {
    const answer = this.#nothingNew(message)
    if (answer) this.#room.reply(this.#session, answer)
  }

  /** A stock client takes the echo of an update as its receipt, and expects none for a step2. */
  #nothingNew(message: DocumentMessage): Uint8Array | null {
    if (this.#session.who.kolam) return KNOWN
    return message.type === 'update' ? encodeMessage(message) : null
  }
}
