/** What people call themselves, found in their presence: read now and again, since a hand that moves says it all the time. */
import { isObject, parseState } from './json-state.ts'
import type { PresenceRules } from './presence-rules.ts'

/** Where names are found. */
export interface PresenceNamesPorts<Owner> {
  readonly rules: PresenceRules
  /** What somebody last said about itself; null where it said nothing. */
  stateOf(owner: Owner): Uint8Array | null
}

interface Read {
  readonly name: string
  readonly at: number
}

/** Nobody changes a name more often than it is read. */
const FRESH_MS = 1_000

/** Names by connection; forgotten with it. */
export class PresenceNames<Owner extends object> {
  readonly #ports: PresenceNamesPorts<Owner>
  readonly #read = new WeakMap<Owner, Read>()

  constructor(ports: PresenceNamesPorts<Owner>) {
    this.#ports = ports
  }

  /** The name somebody goes by; empty where it gave none. */
  nameOf(owner: Owner, now: number): string {
    const known = this.#read.get(owner)
    if (known && known.name !== '' && now - known.at < FRESH_MS) return known.name
    const state = this.#ports.stateOf(owner)
    const name = state ? nameIn(parseState(state), this.#ports.rules) : ''
    this.#read.set(owner, { name, at: now })
    return name
  }
}

/** Some apps say a name only, others a person with one. */
function nameIn(state: unknown, { people }: PresenceRules): string {
  if (!isObject(state)) return ''
  for (const key of people) {
    const person = state[key]
    const name = isObject(person) ? person['name'] : person
    if (typeof name === 'string' && name !== '') return name
  }
  return ''
}
