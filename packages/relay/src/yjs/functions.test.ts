import { seededRandom } from '@kolam/base'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { covers } from './coverage.ts'
import { coverage, diff, inspect, merge as mergeFast, mergeThoroughly } from './functions.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 1e6)

/** A document of one client and every update it made. */
function edited(
  clientID: number,
  edit: (doc: Y.Doc) => void,
): { doc: Y.Doc; updates: Uint8Array[] } {
  const doc = new Y.Doc()
  doc.clientID = clientID
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  edit(doc)
  return { doc, updates }
}

function board(edit: (shapes: Y.Map<unknown>) => void) {
  return edited(7, (doc) => edit(doc.getMap('shapes')))
}

/** Two people's random edits, each update in the order it was made. */
function randomEdits(): { docs: Y.Doc[]; updates: Uint8Array[] } {
  const random = seededRandom(seed)
  const docs = [1, 2].map((id) => Object.assign(new Y.Doc(), { clientID: id }))
  const updates: Uint8Array[] = []
  for (const doc of docs) {
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === null) updates.push(update)
    })
  }
  for (let step = 0; step < 80; step++) {
    const doc = docs[random() < 0.5 ? 0 : 1]!
    const shapes = doc.getMap('shapes')
    const key = `s${Math.floor(random() * 12)}`
    if (random() < 0.3) shapes.delete(key)
    else shapes.set(key, { at: [random(), random()] })
    if (random() < 0.2) Y.applyUpdate(docs[0]!, Y.encodeStateAsUpdate(docs[1]!), 'sync')
    if (random() < 0.2) Y.applyUpdate(docs[1]!, Y.encodeStateAsUpdate(docs[0]!), 'sync')
  }
  return { docs, updates }
}

function shapesOf(...updates: Uint8Array[]): unknown {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc.getMap('shapes').toJSON()
}

describe('inspect', () => {
  test('tells the run of structs and the deletions of an update', () => {
    const { updates } = board((shapes) => {
      shapes.set('a', 1)
      shapes.set('b', 'text')
      shapes.delete('a')
    })
    expect(updates.map(inspect)).toEqual([
      { structs: [{ client: 7, clock: 0, length: 1 }], deletes: 0 },
      { structs: [{ client: 7, clock: 1, length: 1 }], deletes: 0 },
      { structs: [], deletes: 1 },
    ])
  })

  test('leaves gaps out', () => {
    const { updates } = board((shapes) => {
      for (const key of ['a', 'b', 'c']) shapes.set(key, 1)
    })
    const gappy = Y.mergeUpdates([updates[0]!, updates[2]!])
    expect(inspect(gappy).structs).toEqual([
      { client: 7, clock: 0, length: 1 },
      { client: 7, clock: 2, length: 1 },
    ])
  })

  test('throws for an update that was cut anywhere', () => {
    const { doc } = board((shapes) => {
      shapes.set('a', { at: ['page:1', 1, 2] })
      shapes.set('b', 'text')
      shapes.delete('a')
    })
    const update = Y.encodeStateAsUpdate(doc)
    for (let length = 0; length < update.length; length++) {
      expect(() => inspect(update.subarray(0, length))).toThrow(Error)
    }
    expect(() => inspect(Uint8Array.from([255, 255, 255, 255, 255, 15, 1]))).toThrow(Error)
  })

  test('the empty update brings nothing', () => {
    expect(inspect(Uint8Array.from([0, 0]))).toEqual({ structs: [], deletes: 0 })
  })
})

describe.each([
  ['merge', mergeFast],
  ['mergeThoroughly', mergeThoroughly],
])('%s', (_, merge) => {
  test(`holds what all of them hold, in any order (SEED=${seed})`, () => {
    const { updates } = randomEdits()
    const whole = shapesOf(...updates)
    expect(shapesOf(merge(updates))).toEqual(whole)
    expect(shapesOf(merge([...updates].reverse()))).toEqual(whole)
    expect(shapesOf(merge([merge(updates.slice(0, 30)), merge(updates.slice(20))]))).toEqual(whole)
  })

  test('keeps what waits for something missing', () => {
    const { updates } = board((shapes) => {
      for (const key of ['a', 'b', 'c']) shapes.set(key, 1)
      shapes.delete('c')
    })
    const early = merge([updates[0]!, updates[2]!, updates[3]!])
    expect(shapesOf(early)).toEqual({ a: 1 })
    expect(shapesOf(merge([early, updates[1]!]))).toEqual({ a: 1, b: 1 })
  })
})

test('after a thorough merge what was deleted gives its content up', () => {
  const { updates } = board((shapes) => {
    for (let x = 0; x < 200; x++) shapes.set('a', { at: ['page:1', x, x] })
  })
  const stored = updates.reduce((sum, update) => sum + update.length, 0)
  expect(mergeThoroughly(updates).length).toBeLessThan(stored / 4)
})

describe('diff', () => {
  test('brings somebody with a state vector up to date', () => {
    const { doc, updates } = board((shapes) => {
      shapes.set('a', 1)
      shapes.set('b', 2)
    })
    const other = new Y.Doc()
    Y.applyUpdate(other, updates[0]!)
    const missing = diff(Y.encodeStateAsUpdate(doc), Y.encodeStateVector(other))
    expect(inspect(missing).structs).toEqual([{ client: 7, clock: 1, length: 1 }])
    Y.applyUpdate(other, missing)
    expect(other.getMap('shapes').toJSON()).toEqual({ a: 1, b: 2 })
  })
})

describe('coverage', () => {
  const addsNothing = (bytes: Uint8Array, update: Uint8Array): boolean =>
    covers(coverage(bytes), coverage(update))

  test(`is true for every update a document holds, and for all of it (SEED=${seed})`, () => {
    const { updates } = randomEdits()
    const whole = mergeThoroughly(updates)
    expect(updates.map((update) => addsNothing(whole, update))).toEqual(updates.map(() => true))
    expect(addsNothing(whole, whole)).toBe(true)
    expect(addsNothing(whole, Uint8Array.from([0, 0]))).toBe(true)
  })

  test('is false for a struct or a deletion that is new', () => {
    const { updates } = board((shapes) => {
      shapes.set('a', 1)
      shapes.set('b', 1)
      shapes.delete('a')
    })
    const [first, second, deletion] = updates as [Uint8Array, Uint8Array, Uint8Array]
    expect(addsNothing(first, second)).toBe(false)
    expect(addsNothing(mergeFast([first, second]), deletion)).toBe(false)
    expect(addsNothing(first, mergeFast([first, second]))).toBe(false)
  })
})
