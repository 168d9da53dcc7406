/** Somebody with a document and a presence, whatever connects them: what they do, what they see, and waiting for it. */
import { isDeepStrictEqual } from 'node:util'
import type { Awareness } from 'y-protocols/awareness'
import type { WebSocket } from 'ws'
import type * as Y from 'yjs'

/** Where somebody goes to. */
export interface Destination {
  readonly url: string
  /** The document; `doc` unless given. */
  readonly id?: string
  /** A tab of the one browser: it talks to the other tabs in this process without the relay. */
  readonly tab?: boolean
  /** Called with every socket that is opened on the way, before anything comes over it. */
  readonly onSocket?: (socket: WebSocket) => void
}

/** Connects somebody. */
export type Make<Member extends Person> = (to: Destination) => Member

export abstract class Person {
  abstract readonly doc: Y.Doc
  abstract get awareness(): Awareness

  /** Goes online and stays there, which everybody does from the beginning. */
  abstract connect(): void

  /** Goes offline; what is written then waits. */
  abstract disconnect(): void

  /** Cuts the line, where there is one, without a word; the client comes back by itself. */
  abstract cut(): void

  /** Whether the relay's document has arrived on the present line. */
  abstract get isSynced(): boolean

  /** Resolves when it has. */
  abstract synced(): Promise<void>

  /** Resolves when the client has noticed that its line is gone. */
  abstract disconnected(): Promise<void>

  /** Leaves politely and for good. */
  abstract destroy(): void

  /** Ends as a browser does that crashes: no word to anybody, and it never comes back. */
  crash(): void {
    this.cut()
    this.destroy()
  }

  get clientId(): number {
    return this.doc.clientID
  }

  get text(): Y.Text {
    return this.doc.getText('text')
  }

  get words(): string {
    return this.text.toJSON()
  }

  /** Everybody whose presence is to be seen here, itself included. */
  get people(): number[] {
    return inOrder(this.awareness.getStates().keys())
  }

  /** Adds to the end of the text. */
  write(words: string): void {
    this.text.insert(this.text.length, words)
  }

  /** Sets a field of its presence. */
  say(field: string, value: unknown): void {
    this.awareness.setLocalStateField(field, value)
  }

  /** What another one's presence says here. */
  hears(other: Person, field: string): unknown {
    return this.awareness.getStates().get(other.clientId)?.[field]
  }

  /** Whether the other one's presence is to be seen here. */
  sees(other: Person): boolean {
    return this.hears(other, 'name') === nameOf(other)
  }

  /** Resolves when something has come into the document. */
  nextUpdate(): Promise<void> {
    return new Promise((resolve) => {
      this.doc.once('update', () => resolve())
    })
  }

  /** Resolves when the document is as wanted. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await this.nextUpdate()
  }

  /** Resolves when its text is that. */
  async untilReads(words: string): Promise<void> {
    await this.until(() => this.words === words)
  }

  /** Resolves when presence is as wanted. */
  async untilPresence(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await new Promise<void>((resolve) => {
        this.awareness.once('change', () => resolve())
      })
    }
  }

  /** Resolves when the other one's presence is to be seen, or is no more. */
  async untilSees(other: Person, isSeen = true): Promise<void> {
    await this.untilPresence(() => this.sees(other) === isSeen)
  }

  /** Tells the others its name. */
  protected introduce(): void {
    this.say('name', nameOf(this))
  }
}

/** Resolves when each of them sees all of them and nobody else. */
export async function allSee(...people: readonly Person[]): Promise<void> {
  const ids = idsOf(...people)
  const agrees = (one: Person): boolean => isDeepStrictEqual(one.people, ids)
  // One may agree and change its mind while another is still on the way.
  while (!people.every(agrees)) {
    await Promise.all(people.map((one) => one.untilPresence(() => agrees(one))))
  }
}

/** Resolves when the text of each of them is that. */
export async function allRead(words: string, ...people: readonly Person[]): Promise<void> {
  await Promise.all(people.map((one) => one.untilReads(words)))
}

/** Their ids, as `people` gives them. */
export function idsOf(...people: readonly Person[]): number[] {
  return inOrder(people.map((one) => one.clientId))
}

function inOrder(ids: Iterable<number>): number[] {
  return [...ids].sort((a, b) => a - b)
}

function nameOf(person: Person): string {
  return `client ${person.clientId}`
}
