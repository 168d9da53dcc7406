/**
 * This person's awareness state on the wire, and everybody else's from it. It never forwards what others said, and
 * never changes what this person's state is; only how new it is.
 */

import type { Clock } from '@kolam/base'
import { decodeAwarenessEntries } from '@kolam/protocol'
import {
  type Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness'
import { Pace } from './pace.ts'
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
  /** Sends an awareness body; 'later' when the network is too full for it now, 'never' without a line. */
  send(bytes: Uint8Array): 'sent' | 'later' | 'never'
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
  readonly #onUpdate = (changes: Changes) => this.#updated(changes)

  constructor(port: PresencePort) {
    this.#port = port
    this.#pace = new Pace({
      clock: port.clock,
      intervalMs: port.timing.presenceMs,
      run: () => this.#send(),
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

  /** Comes back after leave() on the same line. */
  comeBack(): void {
    if (this.#left) this.announce()
  }

  /** Tells the others that this person is gone, while the state stays for a return. */
  leave(): void {
    const { awareness } = this.#port
    this.#pace.stop()
    this.#left = true
    if (awareness.meta.has(awareness.clientID)) {
      this.#port.send(encodeAwarenessUpdate(awareness, [awareness.clientID], new Map()))
    }
  }

  /** Takes in what the server says; false when that is malformed. Throws what a listener throws. */
  receive(bytes: Uint8Array): boolean {
    // Checked first, since half of a message would be applied before the other half is found to be no JSON.
    const entries = decodeAwarenessEntries(bytes)
    if (!entries?.every(({ state }) => isJson(state))) return false
    const { awareness, origin } = this.#port
    const own = awareness.getLocalState()
    applyAwarenessUpdate(awareness, bytes, origin)
    // Y-protocols would take over what somebody else says of us, and then say it too.
    if (awareness.getLocalState() !== own) awareness.setLocalState(own)
    return true
  }

  /** The line is gone and with it everybody who is not near; their clocks are forgotten, or their return would look old. */
  dropOthers(): void {
    const { awareness, origin, isNear } = this.#port
    this.#pace.stop()
    const isOther = (id: number) => id !== awareness.clientID && !isNear(id)
    removeAwarenessStates(awareness, [...awareness.states.keys()].filter(isOther), origin)
    for (const id of [...awareness.meta.keys()].filter(isOther)) awareness.meta.delete(id)
  }

  /** Stops listening. */
  stop(): void {
    this.#pace.stop()
    this.#port.awareness.off('update', this.#onUpdate)
  }

  /** Also when the server made the local clock advance: it wants to hear the state again. */
  #updated({ added, updated, removed }: Changes): void {
    const { clientID } = this.#port.awareness
    const isLocal = [added, updated, removed].some((ids) => ids.includes(clientID))
    if (isLocal && !this.#left) this.#pace.request()
  }

  #send(): void {
    const { awareness } = this.#port
    if (!awareness.meta.has(awareness.clientID)) return
    const outcome = this.#port.send(encodeAwarenessUpdate(awareness, [awareness.clientID]))
    if (outcome === 'later') this.#pace.request()
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
