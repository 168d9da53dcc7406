/**
 * What a presence state may say, and how one that says more is cut. A state that keeps to the rules is passed on as the
 * very bytes that came: reading it is all it costs. Knows no clock, no id and no connection.
 */
import { utf8Encode } from '@kolam/base'
import { LIMITS } from '@kolam/protocol'
import { EMPTY_STATE, isForbiddenKey, isHarmless, isObject, parseState } from './json-state.ts'
import { cutPerson, isPerson, nameAndColors } from './presence-person.ts'

/** The rules of one relay; all numbers are bounds. */
export interface PresenceRules {
  /** The top-level keys a state may have; null for an app the relay does not know: any. */
  readonly keys: readonly string[] | null
  /** Keys that hold who somebody is. Name and colours in them are checked, and they are the last to be cut. */
  readonly people: readonly string[]
  /** One state: a name, a colour, a cursor, a selection. */
  readonly stateBytesMax: number
  /** A name beside a cursor; in units of UTF-16, of which some letters take several. */
  readonly nameCharsMax: number
}

/** What stock editors need: they put what they like, and who somebody is under `user`. */
export const DEFAULT_PRESENCE_RULES: PresenceRules = {
  keys: null,
  people: ['user'],
  stateBytesMax: 16 * 1024,
  nameCharsMax: 128,
}

/** Of a state that must be cut and has more keys than this, only who somebody is stays. */
const CUT_KEYS_MAX = 64

type Member = readonly [key: string, value: unknown]

/** The state as it may be passed on, the same bytes where it keeps to the rules; null where it is no JSON. */
export function keepToRules(state: Uint8Array, rules: PresenceRules): Uint8Array | null {
  // Nobody needs so much: it is not worth reading, and whoever sends it is still there.
  if (state.length > LIMITS.awarenessStateBytesMax) return EMPTY_STATE
  const value = parseState(state)
  // `null` with spaces is none either: clients would disagree on what it means.
  if (value === undefined || value === null) return null
  if (state.length <= rules.stateBytesMax && isWithin(value, rules)) return state
  return cut(value, rules)
}

function isWithin(value: unknown, rules: PresenceRules): boolean {
  // Legal, and harmless where anything is taken: y-protocols lets an app say `true`.
  if (!isObject(value)) return rules.keys === null && isHarmless(value)
  for (const key in value) {
    if (!mayHave(key, value[key], rules)) return false
    if (rules.people.includes(key) && !isPerson(value[key], rules.nameCharsMax)) return false
  }
  return true
}

function mayHave(key: string, value: unknown, { keys }: PresenceRules): boolean {
  return (keys === null || keys.includes(key)) && !isForbiddenKey(key) && isHarmless(value)
}

/** What of it may stay. Never throws: too much of something costs that, not the connection. */
function cut(value: unknown, rules: PresenceRules): Uint8Array {
  if (!isObject(value)) return EMPTY_STATE
  const members = keysOf(value, rules)
    .filter((key) => mayHave(key, value[key], rules))
    .map((key): Member => {
      const member = value[key]
      return [key, rules.people.includes(key) ? cutPerson(member, rules.nameCharsMax) : member]
    })
  return fitting(members, rules)
}

/** The keys worth a look. Thousands of keys nobody knows would cost more to weigh than to read. */
function keysOf(
  value: Readonly<Record<string, unknown>>,
  { keys, people }: PresenceRules,
): readonly string[] {
  const candidates = keys ?? Object.keys(value)
  const looked = candidates.length > CUT_KEYS_MAX ? people : candidates
  return looked.filter((key) => Object.hasOwn(value, key))
}

/** As many members as there is room for: the largest go first, people last, and these keep name and colours. */
function fitting(members: readonly Member[], { people, stateBytesMax }: PresenceRules): Uint8Array {
  const whole = encode(members)
  if (whole.length <= stateBytesMax) return whole
  const isPersonal = ([key]: Member): boolean => people.includes(key)
  const personal = shortened(members.filter(isPersonal), stateBytesMax)
  const others = smallest(
    members.filter((member) => !isPersonal(member)),
    stateBytesMax - encode(personal).length,
  )
  const most = encode([...personal, ...others])
  return most.length <= stateBytesMax ? most : EMPTY_STATE
}

/** Who somebody is, down to name and colours where there is no room for all of it. */
function shortened(personal: readonly Member[], bytesMax: number): readonly Member[] {
  if (encode(personal).length <= bytesMax) return personal
  return personal.map(([key, member]): Member => [key, nameAndColors(member)])
}

/** The smallest ones that fit together. */
function smallest(members: readonly Member[], bytesMax: number): readonly Member[] {
  const measured = members
    .map((member) => ({ member, bytes: encode([member]).length }))
    .sort((a, b) => a.bytes - b.bytes)
  let total = 0
  const tooMany = measured.findIndex(({ bytes }) => (total += bytes) > bytesMax)
  return measured.slice(0, tooMany < 0 ? measured.length : tooMany).map(({ member }) => member)
}

function encode(members: readonly Member[]): Uint8Array {
  return utf8Encode(JSON.stringify(Object.fromEntries(members)))
}
