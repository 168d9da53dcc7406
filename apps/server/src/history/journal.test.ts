import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { Credits } from './credits.ts'
import { entriesOf, joined, type JournalEntry, readJournal, writeJournal } from './journal.ts'

function entry(author: string, at: number, change: Partial<JournalEntry> = {}): JournalEntry {
  return { author, at, updates: 1, structs: [], deletes: [], ...change }
}

const run = (client: number, clock: number, length: number) => ({ client, clock, length })

test('a journal reads as it was written', () => {
  const entries = [
    entry('ada', 1_700_000_000_000, { structs: [run(7, 0, 3), run(2 ** 53 - 1, 9, 1)] }),
    entry('', 1_700_000_000_500, { updates: 12, deletes: [run(7, 1, 2)] }),
    entry('ada', 1_699_999_999_000),
  ]
  expect(readJournal(writeJournal(entries))).toEqual(entries)
  expect(readJournal(writeJournal([]))).toEqual([])
})

test('bytes that are no journal are refused', () => {
  const good = writeJournal([entry('ada', 5, { structs: [run(1, 2, 3)] })])
  expect(() => readJournal(Uint8Array.of(9, 0, 0, 0))).toThrow(/version 9/)
  for (let length = 0; length < good.length; length++) {
    expect(() => readJournal(good.subarray(0, length)), `${length} bytes`).toThrow(Error)
  }
})

test('what one person does within a moment is one entry, what others do in between are others', () => {
  const entries = [
    entry('ada', 0, { structs: [run(1, 0, 2)] }),
    entry('bo', 10, { structs: [run(2, 0, 1)], deletes: [run(1, 0, 1)] }),
    entry('ada', 900, { structs: [run(1, 2, 2), run(1, 9, 1)] }),
    entry('ada', 1_000, { structs: [run(1, 10, 1)] }),
  ]
  expect(joined(entries, 1_000)).toEqual([
    entry('ada', 0, { updates: 2, structs: [run(1, 0, 4), run(1, 9, 1)] }),
    entry('bo', 10, { structs: [run(2, 0, 1)], deletes: [run(1, 0, 1)] }),
    entry('ada', 1_000, { structs: [run(1, 10, 1)] }),
  ])
})

test('who wrote and who deleted is found in the updates themselves', () => {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  doc.getText('t').insert(0, 'hello')
  doc.getText('t').delete(1, 3)
  const { clientID: client } = doc
  const appends = updates.map((update, index) => {
    return { document: 'a', update, at: 5_000 * index, author: ['ada', 'bo'][index]! }
  })
  const credits = new Credits(entriesOf([...appends, { ...appends[0]!, update: Uint8Array.of(9) }]))
  expect(credits.writer({ client, clock: 4 })).toEqual({ author: 'ada', at: 0 })
  expect(credits.writer({ client, clock: 5 })).toBeNull()
  expect(credits.writer({ client: client + 1, clock: 0 })).toBeNull()
  const deleters = [0, 1, 2, 3, 4].map((clock) => credits.deleter({ client, clock })?.author)
  expect(deleters).toEqual([undefined, 'bo', 'bo', 'bo', undefined])
})

test('of what several deleted, the first one did it', () => {
  const credits = new Credits([
    entry('late', 30, { deletes: [run(1, 0, 10)] }),
    entry('first', 10, { deletes: [run(1, 2, 3)] }),
    entry('next', 20, { deletes: [run(1, 4, 20)] }),
  ])
  const deleters = [0, 2, 4, 5, 9, 10, 23, 24].map(
    (clock) => credits.deleter({ client: 1, clock })?.author ?? null,
  )
  expect(deleters).toEqual(['late', 'first', 'first', 'next', 'next', 'next', 'next', null])
})
