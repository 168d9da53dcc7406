/** The witness finds what it is there to find, and says it once. */
import { seededRandom } from '@kolam/base'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { edit } from './edit.ts'
import { type OwnEdit, Witness } from './witness.ts'

const NOTHING_LOST = { lostSeen: [], lostSaved: [], isWhole: true }

/** So many edits of one person, each as it went over the wire. */
function editsOf(name: string, count: number): OwnEdit[] {
  const random = seededRandom(1)
  const doc = new Y.Doc()
  return Array.from({ length: count }, (_, number) => {
    const before = Y.encodeStateVector(doc)
    const tag = edit(doc, { name, number }, random)
    return { tag, update: Y.encodeStateAsUpdate(doc, before) }
  })
}

function docOf(edits: readonly OwnEdit[], { gc = true } = {}): Y.Doc {
  const doc = new Y.Doc({ gc })
  for (const { update } of edits) Y.applyUpdate(doc, update)
  return doc
}

test('what nobody was told of may be missing, and may be there', () => {
  const edits = editsOf('ada', 4)
  const witness = new Witness('doc')
  for (const { update } of edits.slice(0, 2)) witness.saw(update)
  expect(witness.look(docOf(edits.slice(0, 2)))).toEqual({ seen: 2, saved: 0, ...NOTHING_LOST })
  expect(witness.look(docOf(edits))).toEqual({ seen: 0, saved: 0, ...NOTHING_LOST })
})

test('what was seen or called saved may not be missing, and is missed once', () => {
  const edits = editsOf('ada', 4)
  const [first, second, third] = edits as [OwnEdit, OwnEdit, OwnEdit]
  const witness = new Witness('doc')
  for (const one of [first, second]) witness.saw(one.update)
  for (const one of [first, second, third]) witness.heardSaved(one)
  expect(witness.look(docOf([first]))).toEqual({
    seen: 2,
    saved: 3,
    lostSeen: [second.tag],
    lostSaved: [second.tag, third.tag],
    isWhole: false,
  })
  expect(witness.look(docOf([first]))).toEqual({ seen: 0, saved: 0, ...NOTHING_LOST })
})

test('what was found at an earlier restart may not be missing later', () => {
  const edits = editsOf('ada', 3)
  const witness = new Witness('doc')
  witness.look(docOf(edits))
  expect(witness.look(docOf(edits.slice(0, 2)))).toMatchObject({
    lostSeen: [edits[2]?.tag],
    isWhole: false,
  })
})

test('a deletion that was seen may not be missing, though every tag is there', () => {
  const edits = editsOf('ada', 8)
  const witness = new Witness('doc')
  for (const { update } of edits) witness.saw(update)
  const undeleted = new Y.Doc()
  Y.applyUpdate(undeleted, withoutDeletions(docOf(edits, { gc: false })))
  expect(witness.look(undeleted)).toMatchObject({ lostSeen: [], isWhole: false })
})

test('what builds on the lost makes a document torn, once', () => {
  const edits = editsOf('ada', 3)
  const [first, second, third] = edits as [OwnEdit, OwnEdit, OwnEdit]
  const witness = new Witness('doc')
  witness.saw(first.update)
  expect(witness.look(docOf([first, third]))).toMatchObject({ lostSeen: [], isWhole: false })
  expect(witness.look(docOf([first, third]))).toMatchObject(NOTHING_LOST)
  witness.saw(second.update)
  expect(witness.look(docOf([first, third]))).toMatchObject({ lostSeen: [second.tag] })
})

/** The delete set is the end of an update, an empty one a zero. Without garbage collection nothing else tells of it. */
function withoutDeletions(doc: Y.Doc): Uint8Array {
  const whole = Y.encodeStateAsUpdate(doc)
  const deletions = Y.encodeSnapshot(Y.createSnapshot(Y.snapshot(doc).ds, new Map())).length - 1
  return Uint8Array.from([...whole.subarray(0, whole.length - deletions), 0])
}
