import { inspect } from '@kolam/relay/yjs'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { summary, titleEdit } from './summary.ts'

/** A document as `edit` makes it. */
function board(edit: (doc: Y.Doc) => void): Y.Doc {
  const doc = new Y.Doc()
  edit(doc)
  return doc
}

describe('titles', () => {
  test('a board tells its title and number of shapes', () => {
    const doc = board((doc) => {
      doc.getMap('shapes').set('a', 1)
      doc.getMap('shapes').set('b', 1)
      doc.getMap('meta').set('title', '  Plan ')
    })
    expect(summary(Y.encodeStateAsUpdate(doc))).toEqual({ title: 'Plan', shapes: 2 })
  })

  test.each([[undefined], [7], [{}]])('a title that is %j counts as none', (title) => {
    const doc = board((doc) => doc.getMap('meta').set('title', title))
    expect(summary(Y.encodeStateAsUpdate(doc))).toEqual({ title: '', shapes: 0 })
  })

  test('a new title is an edit of the title and nothing else', () => {
    const doc = board((doc) => doc.getMap('shapes').set('a', 1))
    const bytes = Y.encodeStateAsUpdate(doc)
    const edit = titleEdit(bytes, 'Plan')!
    expect(inspect(edit)).toMatchObject({ structs: [{ clock: 0, length: 1 }], deletes: 0 })
    Y.applyUpdate(doc, edit)
    expect(doc.getMap('meta').toJSON()).toEqual({ title: 'Plan' })
    expect(titleEdit(Y.encodeStateAsUpdate(doc), 'Plan')).toBeNull()
  })
})
