import { seededRandom } from '@kolam/base'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Board } from './index.ts'
import {
  copyOf,
  dump,
  expectSound,
  keysOf,
  mapOf,
  meet,
  newBoard,
  rectangle,
  seeds,
  send,
  letters,
} from './testing/boards.ts'

function labelled(text: string): Board {
  const board = newBoard(1)
  board.insert([rectangle('a', [], { text })])
  return board
}

describe('A label', () => {
  test('[L1] is a Y.Text from the first edit on, beginning with the text of init', () => {
    const board = labelled('kolam')
    expect(keysOf(board, 'a')).toEqual(['init'])
    board.setText('a', 'kolam')
    expect(keysOf(board, 'a')).toEqual(['init'])
    board.setText('a', 'kolams')
    expect(mapOf(board, 'a').get('label')).toBeInstanceOf(Y.Text)
    expect(board.shape('a')?.text).toBe('kolams')
    expect(board.label('a')?.toJSON()).toBe('kolams')
    expect(board.label('nobody')).toBeUndefined()
  })

  test.each(['', 'text of init'])(
    '[L2] of two first edits at once holds both, born with "%s"',
    (text) => {
      const ada = labelled(text)
      const bob = copyOf(ada, 2)
      ada.setText('a', `${text} Ada`)
      bob.setText('a', `Bob ${text}`)
      expect(mapOf(ada, 'a').get('label')).toBeInstanceOf(Y.Text)
      meet(ada, bob)
      expect(ada.shape('a')?.text).toBe(bob.shape('a')?.text)
      expect(ada.shape('a')?.text).toContain('Ada')
      expect(ada.shape('a')?.text).toContain('Bob')
      expect(ada.shape('a')?.text.split('text of init').length).toBe(text === '' ? 1 : 2)
      expect(Y.encodeStateVector(ada.doc)).toEqual(Y.encodeStateVector(bob.doc))
      expectSound(ada)
    },
  )

  test.each(seeds(20))('[L2] typed by three people in any order is one text (seed %i)', (seed) => {
    const random = seededRandom(seed)
    const ada = labelled('start')
    const people = [ada, copyOf(ada, 2), copyOf(ada, 3)]
    for (let i = 0; i < 30; i++) {
      const person = people[Math.floor(random() * 3)]!
      const label = person.label('a')!
      label.insert(Math.floor(random() * (label.length + 1)), String.fromCharCode(65 + i))
      if (random() < 0.2) send(person, people[Math.floor(random() * 3)]!)
    }
    meet(...people)
    const text = ada.shape('a')!.text
    expect(letters(text).toSorted().join('')).toBe(
      [...letters('start'), ...Array.from({ length: 30 }, (_, i) => String.fromCharCode(65 + i))]
        .toSorted()
        .join(''),
    )
    for (const person of people) expect(dump(person)).toEqual(dump(ada))
  })

  test('[L2] keeps the client number of the document', () => {
    const board = labelled('x')
    const before = board.doc.clientID
    board.label('a')
    expect(board.doc.clientID).toBe(before)
    board.doc.on('beforeTransaction', () => expect(board.doc.clientID).toBe(before))
    board.setText('a', 'y')
  })

  test('[L3] is changed by one stretch and by whole characters', () => {
    const ada = labelled('one two three')
    ada.label('a')
    const bob = copyOf(ada, 2)
    ada.setText('a', 'one TWO three')
    bob.setText('a', 'one two three four')
    meet(ada, bob)
    expect(ada.shape('a')?.text).toBe('one TWO three four')
    ada.setText('a', '👋🏽')
    ada.setText('a', '👍🏽')
    meet(ada, bob)
    expect(bob.shape('a')?.text).toBe('👍🏽')
  })

  test('[L4] being made is nobody’s step', () => {
    const board = labelled('x')
    const bob = copyOf(board, 2)
    board.label('a')
    bob.label('a')
    expect(bob.undo.canUndo).toBe(false)
    bob.transact(() => bob.setText('a', 'xy'))
    bob.undo.undo()
    expect(bob.shape('a')?.text).toBe('x')
    expect(mapOf(bob, 'a').get('label')).toBeInstanceOf(Y.Text)
  })

  test('[L4] made inside a longer transaction survives its undo', () => {
    const board = labelled('x')
    board.undo.mark()
    board.transact(() => board.setText('a', 'xyz'))
    board.undo.undo()
    expect(board.shape('a')?.text).toBe('x')
    expect(mapOf(board, 'a').get('label')).toBeInstanceOf(Y.Text)
    expect(board.label('a')?.toJSON()).toBe('x')
  })

  test('[L5] comes back with its shape', () => {
    const board = labelled('x')
    board.setText('a', 'xyz')
    board.undo.mark()
    board.remove(['a'])
    board.undo.undo()
    expect(board.shape('a')?.text).toBe('xyz')
    board.setText('a', 'xyz!')
    expect(copyOf(board, 3).shape('a')?.text).toBe('xyz!')
  })

  test('[L5] made at once on a shape and on the same shape brought back does not split the people', () => {
    const ada = labelled('x')
    const bob = copyOf(ada, 2)
    ada.undo.mark()
    ada.remove(['a'])
    ada.undo.undo()
    ada.setText('a', 'x Ada')
    bob.setText('a', 'x Bob')
    meet(ada, bob)
    expect(dump(ada)).toEqual(dump(bob))
    expect(ada.shape('a')?.text).toBe('x Ada')
    expect(Y.encodeStateVector(ada.doc)).toEqual(Y.encodeStateVector(bob.doc))
  })
})
