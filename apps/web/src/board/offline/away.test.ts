import { expect, test } from 'vitest'
import { awayText, Gathered } from './away.ts'

const sets = (added: string[], changed: string[], removed: string[]) => ({
  added: new Set(added),
  changed: new Set(changed),
  removed: new Set(removed),
})

test('says in a few words what came in, and nothing when nothing came', () => {
  expect(awayText({ added: 3, changed: 2, removed: 0 })).toBe(
    'While you were away: 3 shapes added, 2 changed',
  )
  expect(awayText({ added: 1, changed: 0, removed: 4 })).toBe(
    'While you were away: 1 shape added, 4 removed',
  )
  expect(awayText({ added: 0, changed: 0, removed: 1 })).toBe(
    'While you were away: 1 shape removed',
  )
  expect(awayText({ added: 0, changed: 0, removed: 0 })).toBeNull()
})

test('a shape counts once, as what became of it in the end', () => {
  const gathered = new Gathered()
  gathered.add(sets(['new', 'gone again'], ['a', 'b'], []))
  gathered.add(sets([], ['new', 'a'], ['gone again', 'b', 'back']))
  gathered.add(sets(['back'], [], []))
  expect(gathered.counts).toEqual({ added: 1, changed: 2, removed: 1 })
})
