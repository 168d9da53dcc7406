/**
 * What people write: each edit is one transaction, and leaves a tag that no other edit leaves. Tags are read twice, from
 * the bytes of an update as it arrives and from a document as people see it.
 */
import type { Random } from '@kolam/base'
import * as Y from 'yjs'

const TAG = /^edit /
const MARKS_MAX = 3

/** Who writes for which time. */
export interface Hand {
  readonly name: string
  readonly number: number
}

/** Changes the document in one transaction; returns the tag. */
export function edit(doc: Y.Doc, { name, number }: Hand, random: Random): string {
  const tag = `edit ${name} ${number}`
  doc.transact(() => {
    if (random() < 0.5) shapesOf(doc).set(tag, new Y.Map<unknown>([['init', tag]]))
    else insertWord(wordsOf(doc), tag, random)
    leaveMark(doc, number)
  })
  return tag
}

/** The tags in what an update brings. */
export function tagsIn(update: Uint8Array): string[] {
  return Y.decodeUpdate(update).structs.flatMap((struct) =>
    struct instanceof Y.Item && struct.content instanceof Y.ContentAny
      ? struct.content.arr.filter(isTag)
      : [],
  )
}

/** The tags that are to be seen in a document. */
export function tagsOn(doc: Y.Doc): Set<string> {
  const shapes = [...shapesOf(doc).values()].map((shape) => shape.get('init'))
  return new Set([...wordsOf(doc).toArray(), ...shapes].filter(isTag))
}

function insertWord(words: Y.Array<unknown>, word: string, random: Random): void {
  words.insert(Math.floor(random() * (words.length + 1)), [word])
}

/** Takes an older mark away, somebody's, so that there are deletions to be lost as well. */
function leaveMark(doc: Y.Doc, number: number): void {
  const marks = doc.getArray('marks')
  marks.push([number])
  if (marks.length > MARKS_MAX) marks.delete(0)
}

function wordsOf(doc: Y.Doc): Y.Array<unknown> {
  return doc.getArray('words')
}

function shapesOf(doc: Y.Doc): Y.Map<Y.Map<unknown>> {
  return doc.getMap('shapes')
}

function isTag(value: unknown): value is string {
  return typeof value === 'string' && TAG.test(value)
}
