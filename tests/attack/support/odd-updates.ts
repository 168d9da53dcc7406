/** Updates that can be read and mean nonsense, by what is odd about them. Some take two to be so. Data only. */
import { varText, varUint } from './bytes.ts'
import {
  CONTENT,
  type Deletions,
  garbage,
  item,
  jsonContent,
  nestedAny,
  nestedJson,
  skip,
  type Struct,
  text,
  updateOf,
} from './update-bytes.ts'

/** Two clients nobody has. */
const A = 900
const B = 901

/** The largest number JavaScript counts with, and one beyond it that can still be written. */
const MOST = Number.MAX_SAFE_INTEGER
const BEYOND = 2 ** 56 - 256

export const ODD_UPDATES: Readonly<Record<string, readonly Uint8Array[]>> = {
  ...oddNumbers(),
  ...oddDeletions(),
  ...oddPlaces(),
  ...oddContent(),
  ...oddShapes(),
}

function oddNumbers(): Record<string, Uint8Array[]> {
  return {
    'garbage without end': [run(garbage(MOST))],
    'garbage beyond any clock': [run(garbage(MOST), garbage(MOST))],
    'garbage beyond any number': [run(garbage(BEYOND), garbage(BEYOND), garbage(BEYOND))],
    'deleted content without end': [run(item(CONTENT.deleted, varUint(MOST)))],
    'a client beyond any number': [updateOf([{ client: 2 ** 62, clock: 0, structs: [text('x')] }])],
    'a clock beyond any number': [updateOf([{ client: A, clock: 2 ** 62, structs: [text('x')] }])],
    'the largest clock': [updateOf([{ client: A, clock: MOST, structs: [text('xy')] }])],
  }
}

function oddDeletions(): Record<string, Uint8Array[]> {
  const words = run(text('abcdef'))
  return {
    'deletions of what nobody ever writes': [deleting(A, [0, MOST])],
    'deletions beyond any clock': [deleting(A, [0, MOST], [MOST, MOST])],
    'deletions beyond any number': [deleting(A, [0, BEYOND], [BEYOND, BEYOND])],
    'deletions of nothing': [words, deleting(A, [0, 0])],
    'deletions of nothing of nobody': [deleting(B, [0, 0])],
    'deletions that overlap': [words, deleting(A, [2, 3], [0, 4], [1, 1])],
    'deletions in the wrong order, of what comes later': [deleting(A, [6, 3], [0, 3]), words],
    'deletions of one client in two lists': [
      words,
      updateOf(
        [],
        [2, 0].map((clock): Deletions => ({ client: A, ranges: [[clock, 1]] })),
      ),
    ],
  }
}

function oddPlaces(): Record<string, Uint8Array[]> {
  return {
    'text behind itself': [run(text('x', { origin: [A, 0] }))],
    'text before itself': [run(text('x', { rightOrigin: [A, 0] }))],
    'text behind its own future': [run(text('x', { origin: [A, 7] }))],
    'text before its own future': [run(text('x', { rightOrigin: [A, 7] }))],
    'text in its own future': [run(text('x', { parent: [A, 7] }))],
    'a type in itself': [run(item(CONTENT.type, [0], { parent: [A, 0] }))],
    'types in each other': [
      updateOf([
        { client: B, clock: 0, structs: [item(CONTENT.type, [0], { parent: [A, 0] })] },
        { client: A, clock: 0, structs: [item(CONTENT.type, [0], { parent: [B, 0] })] },
      ]),
    ],
    'texts behind each other': [
      updateOf([
        { client: B, clock: 0, structs: [text('x', { origin: [A, 0] })] },
        { client: A, clock: 0, structs: [text('y', { origin: [B, 0] })] },
      ]),
    ],
    'text behind what nobody wrote': [run(text('x', { origin: [B, 7] }))],
    'text in a text': [run(text('x'), text('y', { parent: [A, 0] }))],
    'text between two places': [
      run(text('a'), text('b', { parent: 'other' }), between([A, 0], [A, 1])),
    ],
    'text that ends before it begins': [
      run(text('a'), text('b', { origin: [A, 0] }), between([A, 1], [A, 0])),
    ],
    'keys in a text': [run(text('x', { key: 'k' }), text('y', { key: 'k' }))],
  }
}

function oddContent(): Record<string, Uint8Array[]> {
  const types = [[0], [1], [2], [3, ...varText('p')], [4], [5, ...varText('h')], [6]]
  const guid = varText('guid')
  const emptyObject = [118, 0]
  const inherited = [1, 118, 1, ...varText('__proto__'), ...emptyObject]
  return {
    'every type there is': [run(...types.map((type) => item(CONTENT.type, type)))],
    'documents in a text': [
      run(item(CONTENT.doc, [...guid, ...emptyObject]), item(CONTENT.doc, [...guid, 125, 5])),
    ],
    'keys of the language': [
      run(
        text('x', { parent: 'rounds', key: '__proto__' }),
        item(CONTENT.any, inherited, { parent: 'rounds', key: 'constructor' }),
        text('y', { parent: '__proto__' }),
      ),
    ],
    'half a letter': [run(text('a\ud800b'))],
    'a format of nothing': [
      run(item(CONTENT.format, [...varText('bold'), ...jsonContent('null')])),
    ],
    'undefined as JSON': [run(item(CONTENT.json, [1, ...jsonContent('undefined')]))],
    'lists in lists': [run(item(CONTENT.any, nestedAny(1_000)))],
    // Large updates may be read on a thread, which has more stack than whoever applies them.
    'lists in lists that only a thread can read': [
      run(text('x'.repeat(300_000)), item(CONTENT.any, nestedAny(10_000))),
    ],
    'JSON in JSON': [run(item(CONTENT.embed, jsonContent(nestedJson(100_000))))],
  }
}

function oddShapes(): Record<string, Uint8Array[]> {
  return {
    'a skip of nothing': [run(skip(0), text('x'))],
    'a skip of nothing in what waits': [skipsOfNothing()],
    'nothing but a skip': [run(skip(5))],
    'bytes behind the end': [Uint8Array.from([...run(text('x')), 1, 2, 3])],
    'the same client twice': [
      updateOf([
        { client: A, clock: 0, structs: [text('ab')] },
        { client: A, clock: 2, structs: [text('cd', { origin: [A, 1] })] },
      ]),
    ],
    'the same client twice, the later first': [
      updateOf([
        { client: A, clock: 2, structs: [text('cd')] },
        { client: A, clock: 0, structs: [text('ab')] },
      ]),
    ],
    'the same clocks twice': [
      updateOf([
        { client: A, clock: 0, structs: [text('abc')] },
        { client: A, clock: 1, structs: [text('xyz')] },
      ]),
    ],
    'other words at clocks that are taken': [run(text('abc')), run(text('uvwxyz'))],
    'words at clocks of which some are garbage': [run(garbage(2)), run(text('words'))],
    'garbage over the beginning of words that wait': [
      updateOf([{ client: A, clock: 2, structs: [text('xy')] }]),
      run(garbage(3)),
    ],
    'clients in the wrong order': [
      updateOf([
        { client: 7, clock: 50, structs: [text('ef')] },
        { client: A, clock: 0, structs: [text('ab')] },
        { client: B, clock: 0, structs: [text('cd')] },
      ]),
    ],
    'a client without structs': [updateOf([{ client: A, clock: 7, structs: [] }])],
    'a thousand holes': [gappy(1_000)],
    'ten thousand clients': [ofManyClients(10_000)],
  }
}

function run(...structs: Struct[]): Uint8Array {
  return updateOf([{ client: A, clock: 0, structs }])
}

function deleting(client: number, ...ranges: [clock: number, length: number][]): Uint8Array {
  return updateOf([], [{ client, ranges }])
}

function between(origin: [number, number], rightOrigin: [number, number]): Struct {
  return text('c', { origin, rightOrigin })
}

/** Found by chance: a parent that is behind a skip of nothing, of a client that waits for another one. */
function skipsOfNothing(): Uint8Array {
  return updateOf([
    { client: B, clock: 0, structs: [item(CONTENT.type, [0], { origin: [7, 10] }), skip(0)] },
    {
      client: A,
      clock: 4,
      structs: [
        garbage(3),
        skip(0),
        item(CONTENT.deleted, varUint(3), { parent: [B, 8], key: 'a' }),
      ],
    },
  ])
}

/** Pieces of one client with holes between them. */
function gappy(pieces: number): Uint8Array {
  return run(...Array.from({ length: pieces }, () => [skip(1), garbage(1)]).flat())
}

/** The highest first, as Yjs writes them. */
function ofManyClients(clients: number): Uint8Array {
  const ids = Array.from({ length: clients }, (_, i) => 2 ** 20 - i)
  return updateOf(ids.map((client) => ({ client, clock: 0, structs: [garbage(1)] })))
}
