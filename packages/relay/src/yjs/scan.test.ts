import { isDeepStrictEqual } from 'node:util'
import { seededRandom } from '@kolam/base'
import * as encoding from 'lib0/encoding'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type Scan, scanUpdate } from './scan.ts'
import { RandomUpdates } from './testing/random-updates.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 1e6)

/** What Yjs itself finds in an update; null where it finds none. */
function decode(update: Uint8Array): (Omit<Scan, 'emptied'> & { isWhole: boolean }) | null {
  const read: { at: number } = { at: 0 }
  class Decoder extends Y.UpdateDecoderV1 {
    constructor(decoder: ConstructorParameters<typeof Y.UpdateDecoderV1>[0]) {
      super(decoder)
      Object.defineProperty(read, 'at', { get: () => decoder.pos })
    }
  }
  try {
    const { structs, ds } = Y.decodeUpdateV2(update, Decoder)
    const real = structs.filter((struct) => !(struct instanceof Y.Skip))
    const deletes = Array.from(ds.clients, ([client, ranges]) =>
      ranges.map(({ clock, len }) => ({ client, clock, length: len })),
    )
    return {
      structs: real.map(({ id, length }) => ({ client: id.client, clock: id.clock, length })),
      deletes: deletes.flat(),
      isWhole: read.at === update.length,
    }
  } catch {
    return null
  }
}

/** The same content in one form: touching runs are one, and nothing depends on the order. */
function contentOf({ structs, deletes }: Omit<Scan, 'emptied'>): unknown {
  const text = ({ client, clock, length }: Scan['deletes'][number]): string =>
    `${client}:${clock}+${length}`
  const runs: { client: number; clock: number; length: number }[] = []
  for (const { client, clock, length } of structs) {
    const last = runs.at(-1)
    if (last?.client === client && last.clock + last.length === clock) last.length += length
    else runs.push({ client, clock, length })
  }
  return { structs: runs.map(text), deletes: deletes.map(text).sort(comparing) }
}

function comparing(a: string, b: string): number {
  return a < b ? -1 : 1
}

/** Why the scanner refuses an update; null where it does not. */
function refusal(update: Uint8Array): string | null {
  try {
    scanUpdate(update)
    return null
  } catch (error) {
    return (error as Error).message.replace('Cannot read the update: ', '')
  }
}

/** Whether the scanner is right about an update that may be none. */
function judge(update: Uint8Array): string {
  const decoded = decode(update)
  const why = refusal(update)
  if (why !== null) {
    if (!decoded) return 'refused'
    if (why === 'bytes are left over' && decoded.isWhole)
      return 'refused, but no bytes are left over'
    return STRICTER.includes(why) ? 'refused' : `refused, but Yjs reads it: ${why}`
  }
  if (!decoded) return 'taken, but Yjs cannot read it'
  const isSame = isDeepStrictEqual(contentOf(scanUpdate(update)), contentOf(decoded))
  if (!isSame) return 'taken, but read otherwise'
  // What is taken harms nobody who applies it.
  Y.applyUpdate(new Y.Doc(), update)
  return 'taken'
}

/** An update of one block of structs, written by hand. */
function updateOf(
  structs: readonly ((encoder: encoding.Encoder) => void)[],
  more: { client?: number; clock?: number; deletes?: readonly number[] } = {},
): Uint8Array {
  const { client = 7, clock = 0, deletes = [0] } = more
  return encoding.encode((encoder) => {
    for (const value of [1, structs.length, client, clock]) encoding.writeVarUint(encoder, value)
    for (const write of structs) write(encoder)
    for (const value of deletes) encoding.writeVarUint(encoder, value)
  })
}

/** An item with that content, a child of a root type. */
function item(
  kind: number,
  content: (encoder: encoding.Encoder) => void,
): (encoder: encoding.Encoder) => void {
  return (encoder) => {
    encoding.writeUint8(encoder, kind)
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarString(encoder, 'root')
    content(encoder)
  }
}

const text = (value: string): ((encoder: encoding.Encoder) => void) =>
  item(4, (encoder) => encoding.writeVarString(encoder, value))

test(`finds in every update what Yjs finds, and takes no more than Yjs takes (SEED=${seed})`, () => {
  const updates = new RandomUpdates(seededRandom(seed))
  const counts = { real: 0, damaged: 0, taken: 0 }
  while (counts.real + counts.damaged < 24_000) {
    const real = updates.document()
    for (const update of real) {
      counts.real += 1
      expect(contentOf(scanUpdate(update))).toEqual(contentOf(decode(update)!))
    }
    for (let i = 0; i < 400; i++) {
      counts.damaged += 1
      const damaged = updates.damaged(updates.pick(real), updates.pick(real))
      const verdict = judge(damaged)
      if (verdict === 'taken') counts.taken += 1
      expect([damaged, verdict]).toEqual([damaged, expect.stringMatching(/^(taken|refused)$/)])
    }
  }
  expect(counts.taken).toBeGreaterThan(1_000)
})

/** What Yjs decodes and the scanner refuses; the tests below say why. */
const STRICTER = [
  'bytes are left over',
  'clients are not in order',
  'deletions are not in order',
  'a struct is empty',
  'a struct stands on one that comes after it',
  'a deletion is empty',
  'a number is too large',
  'a clock is too large',
  'a value is too deep',
]

describe('takes what clients write', () => {
  test('runs of structs and ranges of deletions', () => {
    const update = updateOf([text('a😀'), text('b')], { clock: 4, deletes: [1, 7, 2, 0, 1, 3, 2] })
    expect(scanUpdate(update)).toMatchObject({
      structs: [{ client: 7, clock: 4, length: 4 }],
      deletes: [
        { client: 7, clock: 0, length: 1 },
        { client: 7, clock: 3, length: 2 },
      ],
    })
  })

  test('gaps end a run', () => {
    const skip = (encoder: encoding.Encoder): void => {
      encoding.writeUint8(encoder, 10)
      encoding.writeVarUint(encoder, 5)
    }
    expect(scanUpdate(updateOf([text('a'), skip, text('b')])).structs).toEqual([
      { client: 7, clock: 0, length: 1 },
      { client: 7, clock: 6, length: 1 },
    ])
  })

  test('an author without structs, as clients sign what only deletes', () => {
    const update = updateOf([], { deletes: [1, 7, 1, 3, 2] })
    expect(scanUpdate(update)).toMatchObject({
      structs: [],
      deletes: [{ client: 7, clock: 3, length: 2 }],
    })
    expect(decode(update)?.isWhole).toBe(true)
  })

  test('the JSON of the first versions of Yjs', () => {
    const values = ['1', 'undefined', '{"a":[]}', 'null']
    const update = updateOf([
      item(2, (encoder) => {
        encoding.writeVarUint(encoder, values.length)
        for (const value of values) encoding.writeVarString(encoder, value)
      }),
    ])
    expect(scanUpdate(update).structs).toEqual([{ client: 7, clock: 0, length: 4 }])
    expect(decode(update)).not.toBeNull()
  })

  test('an update inside the memory of another one', () => {
    const update = updateOf([text('ü')])
    const memory = new Uint8Array(100).fill(200)
    memory.set(update, 50)
    expect(scanUpdate(memory.subarray(50, 50 + update.length))).toEqual(scanUpdate(update))
    expect(refusal(memory.subarray(50, 50 + update.length - 1))).toBe('it ends too early')
  })
})

describe('refuses what Yjs cannot read either', () => {
  const any = (...bytes: number[]): Uint8Array =>
    updateOf([item(8, (encoder) => [1, ...bytes].forEach((b) => encoding.writeUint8(encoder, b)))])
  const bytes = (...values: number[]): ((encoder: encoding.Encoder) => void) => {
    return (encoder) => values.forEach((value) => encoding.writeUint8(encoder, value))
  }
  test.each([
    ['nothing', new Uint8Array()],
    ['kind 10 with a parent', updateOf([bytes(0x8a, 7, 0, 1)])],
    ['a kind of content there is not', updateOf([item(11, () => {})])],
    ['a type there is not', updateOf([item(7, bytes(7))])],
    ['a value there is not', any(115)],
    ['half a number', any(125, 0x80)],
    ['half a float', any(124, 0, 0)],
    ['a text beyond the end', updateOf([item(4, bytes(90, 0x61))])],
    ['an embed that is no JSON', updateOf([item(5, bytes(1, 0x7b))])],
    ['a document without options', updateOf([item(9, bytes(1, 0x61, 126))])],
    ['a byte that begins no letter', updateOf([item(4, bytes(1, 0x80))])],
    ['a letter written too long', updateOf([item(4, bytes(2, 0xc0, 0x80))])],
    ['a letter of three bytes too long', updateOf([item(4, bytes(3, 0xe0, 0x80, 0x80))])],
    ['a letter of four bytes too long', updateOf([item(4, bytes(4, 0xf0, 0x80, 0x80, 0x80))])],
    ['half of a pair', updateOf([item(4, bytes(3, 0xed, 0xa0, 0x80))])],
    ['a letter beyond Unicode', updateOf([item(4, bytes(4, 0xf4, 0x90, 0x80, 0x80))])],
    ['a letter that is cut', updateOf([item(4, bytes(2, 0xe2, 0x82))])],
  ])('%s', (_, update) => {
    expect(decode(update)).toBeNull()
    expect(refusal(update)).not.toBeNull()
  })
})

describe('refuses what harms whoever takes it', () => {
  const reference = (client: number, clock: number): ((encoder: encoding.Encoder) => void) => {
    return (encoder) => {
      encoding.writeUint8(encoder, 0x84)
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarString(encoder, 'a')
    }
  }

  test('a struct that stands on a later one of its client: Yjs throws wherever it is applied', () => {
    const update = updateOf([text('a'), reference(7, 5)])
    expect(() => Y.applyUpdate(new Y.Doc(), update)).toThrow(TypeError)
    expect(refusal(update)).toBe('a struct stands on one that comes after it')
    expect(refusal(updateOf([text('a'), reference(7, 1)]))).toMatch('stands on')
    expect(refusal(updateOf([text('a'), reference(7, 0)]))).toBeNull()
    expect(refusal(updateOf([text('a'), reference(8, 5)]))).toBeNull()
  })

  test('a deletion of nothing: Yjs throws where it must wait for what is deleted', () => {
    const update = updateOf([], { deletes: [1, 7, 1, 0, 0] })
    expect(() => Y.applyUpdate(new Y.Doc(), update)).toThrow('Unexpected case')
    expect(refusal(update)).toBe('a deletion is empty')
  })

  test('a client that comes twice: whoever applies it keeps the last block, and waits for the first', () => {
    const blocks = [updateOf([text('a')]), updateOf([text('b')], { clock: 1 })]
    const twice = Uint8Array.from([
      2,
      ...blocks.flatMap((block) => Array.from(block.slice(1, -1))),
      0,
    ])
    const doc = new Y.Doc()
    Y.applyUpdate(doc, twice)
    expect(doc.getText('root').toJSON()).toBe('')
    expect(refusal(twice)).toBe('clients are not in order')
  })

  test('clients out of order: Yjs loses some of them where it merges', () => {
    const low = updateOf([text('low')], { client: 1 })
    const high = updateOf([text('high')], { client: 9, clock: 100 })
    const wrong = Uint8Array.from([2, ...low.slice(1, -1), ...high.slice(1, -1), 0])
    const honest = updateOf([text('honest')], { client: 9 })
    const merged = Y.mergeUpdates([wrong, honest])
    const kept = Y.decodeUpdate(merged).structs.filter((struct) => !(struct instanceof Y.Skip))
    expect(kept.map(({ id }) => `${id.client}:${id.clock}`)).not.toEqual(['9:0', '9:100', '1:0'])
    expect(refusal(wrong)).toBe('clients are not in order')
    const right = Uint8Array.from([2, ...high.slice(1, -1), ...low.slice(1, -1), 0])
    expect(refusal(right)).toBeNull()
  })

  test('deletions out of order, twice, or of one client in two lists: they become others while they wait', () => {
    const words = updateOf([text('abcdefghi')])
    const apply = (...updates: Uint8Array[]): unknown => {
      const doc = new Y.Doc()
      for (const update of updates) Y.applyUpdate(doc, update)
      return doc.getText('root').toJSON()
    }
    const wrong = updateOf([], { deletes: [1, 7, 2, 6, 3, 0, 3] })
    expect(apply(words, wrong)).toBe('def')
    expect(apply(wrong, words)).not.toBe('def')
    const overlapping = updateOf([], { deletes: [1, 7, 2, 0, 4, 2, 4] })
    const apart = updateOf([], { deletes: [2, 7, 1, 6, 3, 7, 1, 0, 3] })
    for (const update of [wrong, overlapping, apart]) {
      expect(refusal(update)).toBe('deletions are not in order')
    }
    expect(refusal(updateOf([], { deletes: [2, 7, 2, 0, 3, 6, 3, 5, 1, 0, 1] }))).toBeNull()
    expect(refusal(updateOf([], { deletes: [1, 7, 2, 0, 3, 3, 3] }))).toBeNull()
  })

  test('an empty struct or gap, over which Yjs may loop for ever, or throw', () => {
    expect(refusal(updateOf([text('')]))).toBe('a struct is empty')
    const gap = (encoder: encoding.Encoder): void => {
      encoding.writeUint8(encoder, 10)
      encoding.writeVarUint(encoder, 0)
    }
    expect(refusal(updateOf([gap, text('a')]))).toBe('a struct is empty')
  })

  test('bytes after the end, which would be stored and sent for nothing', () => {
    expect(refusal(Uint8Array.from([...updateOf([text('a')]), 0]))).toBe('bytes are left over')
  })

  test('numbers no clock reaches', () => {
    const most = Number.MAX_SAFE_INTEGER
    expect(refusal(updateOf([text('a')], { clock: most }))).toBe('a clock is too large')
    expect(refusal(updateOf([], { deletes: [1, 7, 1, most, 1] }))).toBe('a clock is too large')
    expect(refusal(updateOf([text('a')], { clock: most - 1 }))).toBeNull()
    const tooLarge = [1, 0, 7, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10, 0]
    expect(refusal(Uint8Array.from(tooLarge))).toBe('a number is too large')
  })

  test('values deeper than anybody can walk', () => {
    const any = (levels: number): Uint8Array =>
      updateOf([
        item(8, (encoder) => {
          encoding.writeVarUint(encoder, 1)
          for (let i = 0; i < levels; i++) {
            encoding.writeUint8(encoder, 117)
            encoding.writeVarUint(encoder, 1)
          }
          encoding.writeUint8(encoder, 126)
        }),
      ])
    const json = (levels: number): Uint8Array =>
      updateOf([
        item(5, (encoder) =>
          encoding.writeVarString(encoder, `${'['.repeat(levels)}"[\\"[["${']'.repeat(levels)}`),
        ),
      ])
    for (const deep of [any, json]) {
      expect(refusal(deep(256))).toBeNull()
      expect(refusal(deep(257))).toBe('a value is too deep')
      expect(refusal(deep(200_000))).toBe('a value is too deep')
    }
  })
})
