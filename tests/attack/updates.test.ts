/** Updates that can be read half way: refused with 4400 as soon as they cannot, and never stored. */
import { encodeMessage } from '@kolam/protocol'
import { Attacker } from './support/attacker.ts'
import { describe, expect, testOfRelay } from './support/attack-test.ts'
import { bytesOf, varBytes, varText, varUint } from './support/bytes.ts'
import { DOCUMENT } from './support/scene.ts'
import {
  CONTENT,
  garbage,
  item,
  jsonContent,
  nestedAny,
  skip,
  type Struct,
  text,
  updateOf,
} from './support/update-bytes.ts'

const test = testOfRelay()

const CLIENT = 900

/** Sound text before what is not, so that there is something that could be taken. */
function after(struct: Struct): Uint8Array {
  return updateOf([{ client: CLIENT, clock: 0, structs: [text('sound'), struct] }])
}

function any(...bytes: number[]): Struct {
  return item(CONTENT.any, [1, ...bytes])
}

const NO_UTF8 = [0xc3, 0x28]

const MALFORMED: Readonly<Record<string, Uint8Array>> = {
  nothing: bytesOf(),
  'one byte': bytesOf(0),
  'no deletions': bytesOf(1, 1, varUint(CLIENT), 0, text('x')),
  'text of no length': after(text('')),
  'values of no number': after(item(CONTENT.any, [0])),
  'JSON of no number': after(item(CONTENT.json, [0])),
  'garbage of no length': after(garbage(0)),
  'deleted content of no length': after(item(CONTENT.deleted, [0])),
  'content of kind 11': after(item(11, [1, 1, 1])),
  'content of kind 12': after(item(12, [1, 1, 1])),
  'content of kind 31': after(item(31, [1, 1, 1])),
  'a skip with flags': after([0x2a, 1]),
  'a type that does not exist': after(item(CONTENT.type, [7])),
  'a type beyond any number': after(item(CONTENT.type, varUint(2 ** 60))),
  'an element without a name': after(item(CONTENT.type, [3])),
  'JSON that is none': after(item(CONTENT.json, [1, ...jsonContent('{')])),
  'an embed that is no JSON': after(item(CONTENT.embed, jsonContent('{"a":'))),
  'a format that is no JSON': after(
    item(CONTENT.format, [...varText('bold'), ...jsonContent('tru')]),
  ),
  'text that is no UTF-8': after(item(CONTENT.string, varBytes(NO_UTF8))),
  'a parent that is no UTF-8': after([CONTENT.string, 1, ...varBytes(NO_UTF8), ...varText('x')]),
  'a value that is no UTF-8': after(any(119, ...varBytes(NO_UTF8))),
  'a value of no kind': after(any(0)),
  'a value of kind 115': after(any(115)),
  'half a number': after(any(123, 1, 2, 3)),
  'lists in lists too deep to read': after(item(CONTENT.any, nestedAny(15_000))),
  'lists in lists that would fill a thread': after(item(CONTENT.any, nestedAny(300_000))),
  'a document that is none': after(item(CONTENT.doc, [...varText('guid'), 126])),
  'half an origin': bytesOf(1, 1, varUint(CLIENT), 0, CONTENT.string | 0x80, 0x80),
  'a skip that does not end': after(skip(1).slice(0, 1)),
}

describe('malformed updates', () => {
  test('are refused with 4400 wherever they come from, and never stored', async ({ scene }) => {
    const codes: [string, number][] = []
    for (const [name, update] of Object.entries(MALFORMED)) {
      for (const type of ['update', 'step2'] as const) {
        for (const protocols of [[], ['kolam.1']]) {
          const attacker = scene.welcome(await Attacker.open(scene.target, { protocols }))
          attacker.send(encodeMessage({ type, update }))
          codes.push([name, await attacker.closed])
        }
      }
    }
    expect(codes.filter(([, code]) => code !== 4400)).toEqual([])
    await scene.goesOn()
    expect(scene.ada.doc.getText('talk').toJSON()).not.toContain('sound')
    const stored = (scene.target.committed.get(DOCUMENT) ?? []).map((update) => update.join())
    expect(Object.values(MALFORMED).filter((update) => stored.includes(update.join()))).toEqual([])
  })

  test('sound updates that came before one are kept, those behind it are not', async ({
    scene,
  }) => {
    const attacker = scene.welcome(await Attacker.open(scene.target))
    const note = (clock: number, words: string): Uint8Array =>
      updateOf([{ client: CLIENT, clock, structs: [text(words, { parent: 'notes' })] }])
    attacker.say(
      { type: 'update', update: note(0, 'before') },
      { type: 'update', update: MALFORMED['garbage of no length']! },
      { type: 'update', update: note(6, 'behind') },
    )
    expect(await attacker.closed).toBe(4400)
    await scene.goesOn()
    expect(scene.ada.doc.getText('notes').toJSON()).toBe('before')
  })

  test('an embedder that hands them in is told so', async ({ scene }) => {
    const { relay } = scene.target
    for (const [name, update] of Object.entries(MALFORMED)) {
      const refusal = relay.apply(DOCUMENT, update, 'embedder')
      await expect(refusal, name).rejects.toMatchObject({ name: 'RelayError', code: 'malformed' })
    }
  })
})
