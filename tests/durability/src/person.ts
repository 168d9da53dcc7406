/** Somebody who writes in a document without rest, and tells its witness what they see of others and hear of themselves. */
import type { Random } from '@kolam/base'
import type * as Y from 'yjs'
import { edit } from './edit.ts'
import type { Guest } from './guest.ts'
import type { OwnEdit, Witness } from './witness.ts'

/** Between two edits of one person, in the mean: as a hand that drags. */
const PACE_MS = 50

export class Person {
  readonly name: string
  readonly guest: Guest
  readonly #witness: Witness
  readonly #random: Random
  #unsaved: OwnEdit[] = []
  #update: Uint8Array | null = null
  #edits = 0
  #hasGone = false
  #timer: NodeJS.Timeout | undefined
  #onSight: () => void = () => {}

  constructor(name: string, ports: { guest: Guest; witness: Witness; random: Random }) {
    this.name = name
    this.guest = ports.guest
    this.#witness = ports.witness
    this.#random = ports.random
    this.guest.doc.on('update', this.#onUpdate)
    this.guest.onSaved(() => this.#allSaved())
    void this.guest.closed.then(() => (this.#hasGone = true))
  }

  /** How many edits were made. */
  get edits(): number {
    return this.#edits
  }

  /** Whether the line has ended. */
  get hasGone(): boolean {
    return this.#hasGone
  }

  /** Writes until `stop()`: without a beat, as people do. */
  begin(): void {
    const pauseMs = -Math.log(1 - this.#random()) * PACE_MS
    this.#timer = setTimeout(() => {
      this.#edit()
      this.begin()
    }, pauseMs)
  }

  /** Resolves when the next edit of somebody else has come. */
  nextSight(): Promise<void> {
    return new Promise((resolve) => {
      this.#onSight = resolve
    })
  }

  /** Writes no more, and goes on reading. */
  stop(): void {
    clearTimeout(this.#timer)
  }

  /** Goes for good. */
  leave(): void {
    this.stop()
    this.guest.destroy()
  }

  #edit(): void {
    if (this.#hasGone) return
    this.#edits += 1
    const tag = edit(this.guest.doc, { name: this.name, number: this.#edits }, this.#random)
    if (this.#update) this.#unsaved.push({ tag, update: this.#update })
  }

  #onUpdate = (update: Uint8Array, _: unknown, __: Y.Doc, { local }: Y.Transaction): void => {
    if (local) this.#update = update
    else this.#sees(update)
  }

  #sees(update: Uint8Array): void {
    this.#witness.saw(update)
    this.#onSight()
  }

  #allSaved(): void {
    for (const own of this.#unsaved) this.#witness.heardSaved(own)
    this.#unsaved = []
  }
}
