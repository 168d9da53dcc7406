import { seededRandom } from '@kolam/base'
import { expect, test } from 'vitest'
import { moveCaret, rebaseText, spliceBetween } from './merge.ts'

test('spliceBetween() applied to the first text gives the second', () => {
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 1e9))
  const random = seededRandom(seed)
  const text = (): string => {
    return Array.from({ length: Math.floor(random() * 8) }, () =>
      random() < 0.5 ? 'a' : 'b',
    ).join('')
  }
  for (let i = 0; i < 500; i++) {
    const [before, after] = [text(), text()]
    const { at, removed, inserted } = spliceBetween(before, after)
    expect(before.slice(0, at) + inserted + before.slice(at + removed), `SEED=${seed}`).toBe(after)
  }
})

test.each([
  ['hello', 'hello world', 3, 3],
  ['world', 'hello world', 3, 9],
  ['hello world', 'world', 8, 2],
  ['hello world', 'world', 2, 0],
  ['abcd', 'aXYd', 2, 3],
])('a caret in %j stays with its letters in %j', (before, after, caret, moved) => {
  expect(moveCaret(caret, before, after)).toBe(moved)
})

test.each([
  ['ab', 'ab!', 'ab', 'ab!'],
  ['ab', 'ab!', 'Xab', 'Xab!'],
  ['ab', 'Yab', 'abX', 'YabX'],
  ['hello world', 'hello', 'oh hello world', 'oh hello'],
  ['abc', 'ac', 'abcd', 'acd'],
  ['abc', 'ac', 'ac', 'ac'],
])('from %j, mine %j and theirs %j make %j', (base, mine, theirs, both) => {
  expect(rebaseText(base, mine, theirs)).toBe(both)
})
