/** Who is on the board: tells the others about this tab, keeps what they tell about theirs. */
import { Disposers, systemClock, type Disposer } from '@kolam/base'
import type { Editor } from '@kolam/editor'
import type { Vec } from '@kolam/geometry'
import type { Awareness } from 'y-protocols/awareness'
import type { Person } from '../../lib/person.ts'
import { readPeers, type Peer } from './remote.ts'

export interface PeopleOptions {
  readonly awareness: Awareness
  readonly editor: Editor
  readonly me: { readonly person: Person }
}

/** Thirty times a second looks like moving. */
const TELL_MS = 33
/** A selection larger than this is told as its beginning. */
const SELECTION_TOLD_MAX = 100
/** A pointer that rests this long fades away. */
const REST_MS = 12_000

export class PeopleState {
  #peers = $state.raw<readonly Peer[]>([])
  /** The time, whenever a cursor may have to fade. */
  #now = $state(0)
  readonly #awareness: Awareness
  readonly #editor: Editor
  readonly #me: { readonly person: Person }
  readonly #disposers = new Disposers()
  #cursor: Vec | null = null
  #told: Disposer | null = null
  #fading: Disposer = () => {}

  constructor({ awareness, editor, me }: PeopleOptions) {
    this.#awareness = awareness
    this.#editor = editor
    this.#me = me
    const heard = (): void => this.#read()
    awareness.on('change', heard)
    this.#disposers.add(() => awareness.off('change', heard))
    this.#disposers.add(editor.on('selection', () => this.#tellSoon()))
    this.#disposers.add(() => this.#told?.())
    this.#disposers.add(() => this.#fading())
    this.tell()
  }

  /** The others, in the order they came. */
  get peers(): readonly Peer[] {
    return this.#peers
  }

  isResting(peer: Peer): boolean {
    return this.#now - peer.movedAt >= REST_MS
  }

  /** Where this person's pointer is, in page space; null when it left the board. */
  setCursor(cursor: Vec | null): void {
    this.#cursor = cursor
    this.#tellSoon()
  }

  /** Tell the others everything now. */
  tell(): void {
    const { x, y } = this.#cursor ?? { x: 0, y: 0 }
    this.#awareness.setLocalState({
      person: this.#me.person,
      cursor: this.#cursor && { x: round(x), y: round(y) },
      selection: [...this.#editor.selection].slice(0, SELECTION_TOLD_MAX),
    })
  }

  dispose(): void {
    this.#disposers.dispose()
  }

  #tellSoon(): void {
    this.#told ??= systemClock.after(TELL_MS, () => {
      this.#told = null
      this.tell()
    })
  }

  #read(): void {
    const { clientID } = this.#awareness
    this.#now = systemClock.now()
    const others = [...this.#awareness.getStates()].filter(([clientId]) => clientId !== clientID)
    this.#peers = readPeers(others, { before: this.#peers, now: this.#now })
    this.#fading()
    this.#fading = systemClock.after(REST_MS, () => (this.#now = systemClock.now()))
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
