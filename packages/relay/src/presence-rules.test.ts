import { seededRandom, utf8Decode, utf8Encode } from '@kolam/base'
import { LIMITS } from '@kolam/protocol'
import { describe, expect, test } from 'vitest'
import { DEFAULT_PRESENCE_RULES, keepToRules, type PresenceRules } from './presence-rules.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 1e6)

/** Those of an app that knows its keys. */
const strict: PresenceRules = {
  ...DEFAULT_PRESENCE_RULES,
  keys: ['person', 'cursor', 'selection'],
  people: ['person'],
  stateBytesMax: 1_000,
}

/** What goes on of a state given as text, as text. */
function kept(text: string, rules = DEFAULT_PRESENCE_RULES): string | null {
  const state = keepToRules(utf8Encode(text), rules)
  return state && utf8Decode(state)
}

/** The same for a value. */
function keptOf(value: unknown, rules = DEFAULT_PRESENCE_RULES): unknown {
  return JSON.parse(kept(JSON.stringify(value), rules) ?? 'null')
}

describe('what keeps to the rules', () => {
  test.each([
    ['of a stock editor', '{"user":{"name":"Ada","color":"#30bced","colorLight":"#30bced33"}}'],
    ['with spaces and escapes', ' { "user" : { "name" : "Ad\\u0061 \\ud83d\\ude00" } } '],
    ['of an app nobody knows', '{"anything":[1,{"deep":[true,null]}],"":0}'],
    ['that is a name only', '{"user":"Ada"}'],
    ['that says nothing', '{}'],
    ['that is no object', '[1,"two"]'],
    ['that is a number', '7'],
  ])('[P12] a state %s goes on as the very bytes that came', (_, text) => {
    const state = utf8Encode(text)
    expect(keepToRules(state, DEFAULT_PRESENCE_RULES)).toBe(state)
  })

  test('[P12] so does one of an app that knows its keys', () => {
    const text =
      '{"person":{"name":"Zoë","color":"#6246ea"},"cursor":{"x":1.5,"y":-2},"selection":["a"]}'
    const state = utf8Encode(text)
    expect(keepToRules(state, strict)).toBe(state)
  })

  test.each([
    ['half an object', '{'],
    ['a null with a space', ' null'],
    ['two values', '{}{}'],
  ])('[P3] %s is none', (_, text) => expect(kept(text)).toBeNull())

  test('[P3] what is no UTF-8 is none', () => {
    expect(keepToRules(new Uint8Array([34, 255, 34]), DEFAULT_PRESENCE_RULES)).toBeNull()
  })
})

describe('what must not be said', () => {
  test('[P13] unknown keys are cut, where the app knows its keys', () => {
    const state = { cursor: null, advert: 'buy', person: { name: 'Ada' } }
    expect(keptOf(state, strict)).toEqual({ cursor: null, person: { name: 'Ada' } })
  })

  test.each([[7], ['text'], [[1, 2]], [true]])('[P13] %j has no known keys', (value) => {
    expect(keptOf(value, strict)).toEqual({})
  })

  test.each([
    ['longer than 128', 'x'.repeat(500), 'x'.repeat(128)],
    ['that would be cut in half of a letter', `${'x'.repeat(127)}😀`, 'x'.repeat(127)],
    ['with controls and line breaks', 'A\u0000d\n\u2028a\u0085', 'Ada'],
    ['that turns the text around it', '\u202eadA\u2066\u2069', 'adA'],
    ['with half of a letter', 'A\ud800da', 'Ada'],
    ['in another script, with marks and joined pictures', 'ரவி 👩‍💻 عمر', 'ரவி 👩‍💻 عمر'],
  ])('[P13] a name %s', (_, name, expected) => {
    expect(keptOf({ user: { name, id: 7 } })).toEqual({ user: { name: expected, id: 7 } })
    expect(keptOf({ user: name })).toEqual({ user: expected })
  })

  test.each([[7], [null], [{ first: 'Ada' }], [['Ada']]])('[P13] a name that is %j', (name) => {
    expect(keptOf({ user: { name } })).toEqual({ user: {} })
  })

  test.each([
    '#abc',
    '#ABCD',
    '#a1b2c3',
    '#a1b2c3d4',
    'orange',
    'rgb(1,2,3)',
    'rgba(1, 2, 3, .5)',
    'rgb(10% 20% 30% / 50%)',
    'hsl(120deg 50% 50%)',
    'hsla(-120, 50%, 50.5%, 1)',
  ])('[P13] %s is a colour', (color) => {
    const state = { user: { color, colorLight: color } }
    expect(keptOf(state)).toEqual(state)
  })

  test.each([
    [7],
    [null],
    [''],
    ['#ab'],
    ['#abcde'],
    ['url(https://example.org/seen)'],
    ['red;background:url(//x)'],
    ['var(--accent)'],
    ['rgb(1,2)'],
    ['rgb(1,2,3,4,5)'],
    ['rgb(calc(1),2,3)'],
    [`rgb(${'1'.repeat(60)},2,3)`],
    ['#abc '],
    ['red\n'],
  ])('[P13] %j is none', (color) => {
    expect(keptOf({ user: { name: 'Ada', color, colorLight: color } })).toEqual({
      user: { name: 'Ada' },
    })
  })

  test('[P13] who somebody is may be nobody, but no list', () => {
    expect(keptOf({ user: null })).toEqual({ user: null })
    expect(keptOf({ user: [{ name: '\u202e' }], cursor: 1 })).toEqual({ cursor: 1 })
  })

  test('[P13] keys that replace what an object is are cut with all that holds them', () => {
    const text =
      '{"__proto__":{"polluted":1},"user":{"__proto__":{"a":1}},"a":[{"__proto__":1}],"b":1}'
    expect(kept(text)).toBe('{"b":1}')
    expect(kept('{"\\u005f_proto__":{"polluted":1}}')).toBe('{}')
    expect(kept('[{"__proto__":1}]')).toBe('{}')
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test('[P13] what is nested deeper than anybody walks is cut', () => {
    const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`
    expect(kept(`{"a":${deep(30_000)},"b":${deep(32)}}`)).toBe(`{"b":${deep(32)}}`)
    expect(kept(deep(8_000))).toBe('{}')
  })
})

describe('what is too large', () => {
  const person = { name: 'Ada', color: '#abcdef' }

  test('[P13] gives up its largest keys first', () => {
    const state = {
      selection: 'x'.repeat(700),
      cursor: { x: 1, y: 'y'.repeat(400) },
      person,
    }
    expect(keptOf(state, strict)).toEqual({ person, cursor: state.cursor })
  })

  test('[P13] then everything but who somebody is, down to name and colours', () => {
    const state = { person: { ...person, face: 'x'.repeat(2_000) }, cursor: 'y'.repeat(2_000) }
    expect(keptOf(state, strict)).toEqual({ person })
  })

  test('[P13] of thousands of keys only who somebody is stays', () => {
    const many = Array.from({ length: 2_000 }, (_, i) => [`key ${i}`, 1] as const)
    expect(keptOf({ ...Object.fromEntries(many), user: person })).toEqual({ user: person })
  })

  test('[P13] then that too', () => {
    expect(keptOf({ person: { name: 'x'.repeat(99) } }, { ...strict, stateBytesMax: 50 })).toEqual(
      {},
    )
  })

  test('[P13] a list that is no object is nothing', () => {
    expect(keptOf(Array.from({ length: 9_000 }, () => 1))).toEqual({})
  })

  test('[P14] what nobody needs is not even read', () => {
    const state = new Uint8Array(LIMITS.awarenessStateBytesMax + 1).fill(0x7b)
    expect(utf8Decode(keepToRules(state, DEFAULT_PRESENCE_RULES)!)).toBe('{}')
  })
})

test(`[P13] whatever comes, what goes on keeps to the rules (SEED=${seed})`, () => {
  const random = seededRandom(seed)
  const pick = <T>(...of: readonly T[]): T => of[Math.floor(random() * of.length)]!
  const text = (): string =>
    Array.from({ length: Math.floor(random() * 6) }, () =>
      pick('a', '"', '\\', '\u202e', '\ud83d', '😀', '\n', '#', 'x'.repeat(300)),
    ).join('')
  const key = (): string =>
    pick('person', 'cursor', 'selection', 'name', 'color', '__proto__', text())
  const value = (levels: number): string => {
    if (levels === 0 || random() < 0.4)
      return pick('1', 'null', 'true', '"#abc"', JSON.stringify(text()))
    const items = Array.from({ length: Math.floor(random() * 5) }, () => value(levels - 1))
    if (random() < 0.3) return `[${items.join(',')}]`
    return `{${items.map((item) => `${JSON.stringify(key())}:${item}`).join(',')}}`
  }
  for (let round = 0; round < 3_000; round++) {
    const rules = pick(strict, DEFAULT_PRESENCE_RULES)
    const once = kept(value(4), rules)
    if (once === null) continue
    expect(utf8Encode(once).length).toBeLessThanOrEqual(rules.stateBytesMax)
    expect(kept(once, rules)).toBe(once)
  }
})
