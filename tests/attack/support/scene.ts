/**
 * Every attack happens beside honest work: two people keep editing one document from before it begins until after it
 * ended, and then everything must be as if nothing had happened.
 */
import { expect } from 'vitest'
import * as Y from 'yjs'
import { type Honest, kolamHonest, type Place, stockHonest } from './honest.ts'
import { ProcessWatch } from './process-watch.ts'
import { Rally } from './rally.ts'
import type { Target } from './target.ts'
import { until, within } from './waiting.ts'

/** The document honest people work on. */
export const DOCUMENT = 'honest'

/** Far above what it takes; what takes longer waits for what will not come. */
const END_MS = 30_000

/** Somebody who can be made to go. */
export interface Guest {
  leave(): void
}

export class Scene<Attacked extends Target = Target> {
  readonly target: Attacked
  readonly ada: Honest
  readonly bob: Honest
  readonly rally: Rally
  readonly watch: ProcessWatch
  readonly #guests: Guest[] = []
  #ending: Promise<void> | null = null

  private constructor(target: Attacked, watch: ProcessWatch) {
    this.target = target
    this.watch = watch
    this.ada = stockHonest('ada', this.place)
    this.bob = kolamHonest('bob', this.place)
    this.rally = new Rally([this.ada, this.bob])
  }

  /** Starts the target and the honest work on it. */
  static async begin<Attacked extends Target>(
    start: () => Promise<Attacked>,
  ): Promise<Scene<Attacked>> {
    const watch = new ProcessWatch()
    const scene = new Scene(await start(), watch)
    await Promise.all([scene.ada.synced(), scene.bob.synced()])
    scene.rally.start()
    await scene.goesOn()
    return scene
  }

  /** Where the honest are. */
  get place(): Place {
    return { url: this.target.url, id: DOCUMENT }
  }

  /** Resolves when the honest have done so much more; rejects when they cannot, or something crashed. */
  async goesOn(rounds = 1): Promise<void> {
    await Promise.race([this.rally.more(rounds), this.watch.crash])
  }

  /** Rejects when an honest connection is lost. */
  get loss(): Promise<never> {
    return Promise.race([this.ada.loss, this.bob.loss])
  }

  /** Whoever comes in here goes at the end, if not before. */
  welcome<Comer extends Guest>(guest: Comer): Comer {
    this.#guests.push(guest)
    return guest
  }

  /** Everybody but the honest goes. */
  dismiss(): void {
    for (const guest of this.#guests.splice(0)) guest.leave()
  }

  /** The attack is over: whoever attacked goes, and all must be well. Only the first call does anything. */
  end(): Promise<void> {
    this.#ending ??= within(END_MS, this.#end())
    return this.#ending
  }

  async #end(): Promise<void> {
    this.dismiss()
    await until(async () => {
      const { sessions, queuedBytes } = await this.target.fullness()
      return sessions === 2 && queuedBytes === 0
    })
    await this.#untilAlone()
    await this.goesOn(2)
    await this.rally.stop()
    await this.#expectNewcomersSeeTheSame()
    await until(async () => (await this.target.fullness()).sessions === 2)
    this.#honestLeave()
    await this.#untilEmpty()
    await this.target.stop()
    await this.#expectStored()
    await until(() => Object.keys(this.watch.leftovers).length === 0)
    expectNoHarm(this)
    this.watch.stop()
  }

  /** After a failure: everything goes, nothing is looked at. */
  async abandon(): Promise<void> {
    this.dismiss()
    this.#honestLeave()
    await this.target.stop()
    await this.target.forget()
    this.watch.stop()
  }

  #honestLeave(): void {
    this.ada.leave()
    this.bob.leave()
  }

  async #untilEmpty(): Promise<void> {
    await until(async () => {
      const { sessions, rooms } = await this.target.fullness()
      return sessions === 0 && (rooms === 0 || !this.target.unloadsSoon)
    })
  }

  async #expectNewcomersSeeTheSame(): Promise<void> {
    for (const come of [stockHonest, kolamHonest]) {
      const newcomer = this.welcome(come('newcomer', this.place))
      await Promise.race([newcomer.synced(), this.watch.crash])
      expectSame(newcomer.doc, this.ada.doc)
    }
    expectSame(this.bob.doc, this.ada.doc)
    this.dismiss()
  }

  async #expectStored(): Promise<void> {
    const stored = new Y.Doc()
    for (const part of await this.target.stored(DOCUMENT)) Y.applyUpdate(stored, part)
    expectSame(stored, this.ada.doc)
    stored.destroy()
  }

  /** The honest see nobody but each other. */
  async #untilAlone(): Promise<void> {
    for (const honest of [this.ada, this.bob]) {
      await honest.until(() => honest.awareness.getStates().size === 2)
    }
  }
}

/** Nobody lost a connection, nothing crashed, and the target neither complained nor waits for anything. */
function expectNoHarm({ target, ada, bob, watch }: Scene): void {
  expect({
    troubles: [...ada.troubles, ...bob.troubles],
    crashes: watch.crashes,
    faults: target.faults,
    timers: target.timers,
  }).toEqual({ troubles: [], crashes: [], faults: [], timers: 0 })
}

/** Both hold the same structs and deletions, and read alike. */
function expectSame(a: Y.Doc, b: Y.Doc): void {
  expect(readingOf(a)).toEqual(readingOf(b))
  expect(Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b)), 'the same structs and deletions').toBe(
    true,
  )
}

function readingOf(doc: Y.Doc): unknown {
  return { talk: doc.getText('talk').toJSON(), rounds: doc.getMap('rounds').toJSON() }
}
