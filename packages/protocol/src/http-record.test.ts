import { describe, expect, test } from 'vitest'
import {
  encodeHttpMessages,
  encodeHttpRecord,
  type HttpRecord,
  HttpRecordReader,
} from './http-record.ts'

const RECORDS: readonly HttpRecord[] = [
  { type: 'opened', line: 'abc', protocol: 'kolam.1' },
  { type: 'heard' },
  { type: 'message', frame: new Uint8Array([101, 7]) },
  { type: 'message', frame: new Uint8Array() },
  { type: 'message', frame: new Uint8Array(300).fill(9) },
  { type: 'ask' },
  { type: 'closed', code: 4401, reason: 'Who are you?' },
]

const BYTES = Uint8Array.from(
  RECORDS.flatMap((record) => [
    ...(record.type === 'message' ? encodeHttpMessages([record.frame]) : encodeHttpRecord(record)),
  ]),
)

/** All there are. */
function readAll(reader: HttpRecordReader): HttpRecord[] {
  const records: HttpRecord[] = []
  for (let record = reader.next(); record; record = reader.next()) records.push(record)
  return records
}

describe('records of a line over HTTP', () => {
  test('have these bytes', () => {
    expect([...encodeHttpMessages([new Uint8Array([101, 7]), new Uint8Array([3])])]).toEqual([
      0, 0, 0, 3, 0, 101, 7, 0, 0, 0, 2, 0, 3,
    ])
    expect([...encodeHttpRecord({ type: 'opened', line: 'ab', protocol: 'k' })]).toEqual([
      0, 0, 0, 6, 1, 2, 97, 98, 1, 107,
    ])
    expect([...encodeHttpRecord({ type: 'closed', code: 1012, reason: '' })]).toEqual([
      0, 0, 0, 4, 2, 0xf4, 7, 0,
    ])
    expect([...encodeHttpRecord({ type: 'heard' })]).toEqual([0, 0, 0, 1, 3])
    expect([...encodeHttpRecord({ type: 'ask' })]).toEqual([0, 0, 0, 1, 4])
  })

  test.each([1, 2, 3, 5, 7, 100, 299, 10_000])('come out whole when cut every %i bytes', (size) => {
    const reader = new HttpRecordReader()
    const read: HttpRecord[] = []
    for (let at = 0; at < BYTES.length; at += size) {
      reader.push(BYTES.subarray(at, at + size))
      read.push(...readAll(reader))
    }
    expect(read).toEqual(RECORDS)
  })

  test.each([
    ['an unknown type', [0, 0, 0, 1, 9]],
    ['no type', [0, 0, 0, 0]],
    ['an end inside its name', [0, 0, 0, 3, 1, 9, 97]],
    ['a name that is too long', [0, 0, 0, 71, 1, 68, ...Array<number>(69).fill(97)]],
    ['no reason', [0, 0, 0, 3, 2, 0xf4, 7]],
    ['a reason that is no text', [0, 0, 0, 5, 2, 0xf4, 7, 1, 255]],
  ])('with %s are none', (_, bytes) => {
    const reader = new HttpRecordReader()
    reader.push(Uint8Array.from([0, 0, 0, 1, 3, ...bytes, 0, 0, 0, 1, 3]))
    expect([readAll(reader), reader.isMalformed]).toEqual([[{ type: 'heard' }], true])
  })

  test('that are too large are known by their length', () => {
    const reader = new HttpRecordReader(10)
    reader.push(encodeHttpMessages([new Uint8Array(10)]))
    expect([readAll(reader).length, reader.oversize]).toEqual([1, 0])
    reader.push(encodeHttpMessages([new Uint8Array(11)]).subarray(0, 4))
    expect([readAll(reader), reader.isMalformed]).toEqual([[], false])
    expect(reader.oversize).toBe(11)
  })
})
