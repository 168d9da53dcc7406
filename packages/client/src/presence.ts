/**
 * This person's awareness state on the wire, and everybody else's from it. It never forwards what others said, and
 * never changes what this person's state is; only how new it is.
 */

import type { Clock } from '@kolam/base'
import { decodeAwareness } from '@kolam/protocol'
import { decodeUtf8 } from 'lib0/string'
import {
  type Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness'
import { Pace } from './pace.ts'
import { throwLater } from './throw-later.ts'
import type { Timing } from './timing.ts'

/** What presence needs of its client. */
export interface PresencePort {
  readonly awareness: Awareness
  readonly clock: Clock
  readonly timing: Timing
  /** Marks what came from the network. */
  readonly origin: unknown
  /** Whether somebody is heard of without the server, too. */
  readonly isNear: (clientId: number) => boolean
  /** Sends an awareness body where there is a line; false when the network is too full for it now. */
  readonly send: (bytes: Uint8Array) => boolean
}

interface Changes {
  readonly added: readonly number[]
  readonly updated: readonly number[]
  readonly removed: readonly number[]
}

/** Latest state only, at a pace. */
export class Presence {
  readonly #port: PresencePort
  readonly #pace: Pace
  #left = false
  #isSeen = true
  readonly #onUpdate = (changes: Changes, origin: unknown) => this.#updated(changes, origin)

  constructor(port: PresencePort) {
    this.#port = port
    this.#pace = new Pace({
      clock: port.clock,
      intervalMs: port.timing.presenceMs,
      run: () => {
        if (!this.#send(port.awareness.states)) this.#pace.request()
      },
    })
    port.awareness.on('update', this.#onUpdate)
  }

  /** Tells a new line about this person with a clock nobody has seen, so that no one takes it for old. */
  announce(): void {
    this.#left = false
    const { awareness } = this.#port
    const state = awareness.getLocalState()
    if (state === null) return
    awareness.setLocalState(state)
    this.#pace.now()
  }

  /** Whether the page is seen: where it is not this person stays, and does not move. */
  setSeen(isSeen: boolean): void {
    this.#isSeen = isSeen
    this.#pace.hurry()
  }

  /** Comes back after leave() on the same line. */
  comeBack(): void {
    if (this.#left) this.announce()
  }

  /** Tells the others that this person is gone, while the state stays for a return. */
  leave(): void {
    this.#pace.stop()
    this.#left = true
    this.#send(new Map())
  }

  /** Takes in what the server says; false when that is malformed. */
  receive(bytes: Uint8Array): boolean {
    // Checked first, since half of a message would be applied before the other half is found to be no JSON.
    if (!decodeAwareness(bytes)?.every(({ state }) => isJson(state))) return false
    const { awareness, origin, clock } = this.#port
    const own = awareness.getLocalState()
    try {
      applyAwarenessUpdate(awareness, bytes, origin)
    } catch (error) {
      throwLater(clock, error)
    }
    // Y-protocols would take over what somebody else says of us, and then say it too.
    if (awareness.getLocalState() !== own) awareness.setLocalState(own)
    return true
  }

  /** The line is gone and with it everybody who is not near; their clocks are forgotten, or their return would look old. */
  dropOthers(): void {
    const { awareness, origin } = this.#port
    this.#pace.stop()
    removeAwarenessStates(awareness, this.#elsewhere(awareness.states), origin)
    for (const id of this.#elsewhere(awareness.meta)) awareness.meta.delete(id)
  }

  /** Stops listening. */
  stop(): void {
    this.#pace.stop()
    this.#port.awareness.off('update', this.#onUpdate)
  }

  /** Also when the server made the local clock advance: it wants to hear the state again. */
  #updated({ added, updated, removed }: Changes, origin: unknown): void {
    if (this.#left) return
    const { clientID } = this.#port.awareness
    if (origin !== this.#port.origin && updated.includes(clientID)) this.#pace.request(this.#moveMs)
    else if ([added, updated, removed].flat().includes(clientID)) this.#pace.request()
    // Somebody came, who has not seen what waits.
    else if (added.length > 0) this.#pace.hurry(this.#moveMs)
  }

  /** How often a move is told: 30 times a second only where somebody sees it. */
  get #moveMs(): number {
    const { awareness, timing } = this.#port
    if (!this.#isSeen) return timing.presenceHiddenMs
    return this.#elsewhere(awareness.states).length > 0 ? timing.presenceMs : timing.presenceAloneMs
  }

  /** Those of whom only the server tells. */
  #elsewhere(people: ReadonlyMap<number, unknown>): number[] {
    const { awareness, isNear } = this.#port
    return [...people.keys()].filter((id) => id !== awareness.clientID && !isNear(id))
  }

  /** This person as in `states`; false when the network is too full for it. */
  #send(states: Awareness['states']): boolean {
    const { awareness, send } = this.#port
    const { clientID, meta } = awareness
    return !meta.has(clientID) || send(encodeAwarenessUpdate(awareness, [clientID], states))
  }
}

function isJson(bytes: Uint8Array): boolean {
  try {
    JSON.parse(decodeUtf8(bytes))
    return true
  } catch {
    return false
  }
}
