import { expect, test } from 'vitest'
import { Recent } from './recent.ts'

function filled(limits: { count: number; weight: number }, keys: string, weight = 1) {
  const recent = new Recent<string, string>(limits)
  for (const key of keys) recent.set(key, key, weight)
  return recent
}

function keysIn(recent: Recent<string, string>, keys: string): string {
  return Array.from(keys)
    .filter((key) => recent.get(key) !== undefined)
    .join('')
}

test('never more than so many, and what was used last stays', () => {
  const recent = filled({ count: 3, weight: 100 }, 'abc')
  recent.get('a')
  recent.set('d', 'd', 1)
  expect(keysIn(recent, 'abcd')).toBe('acd')
  expect(recent.size).toBe(3)
})

test('never heavier than the limit, but for the newest alone', () => {
  const recent = filled({ count: 100, weight: 10 }, 'abc', 4)
  expect(keysIn(recent, 'abc')).toBe('bc')
  recent.set('d', 'd', 50)
  expect(keysIn(recent, 'abcd')).toBe('d')
  recent.set('e', 'e', 10)
  expect(keysIn(recent, 'abcde')).toBe('e')
})

test('the same key again counts once', () => {
  const recent = filled({ count: 100, weight: 10 }, 'aaaaaaab', 5)
  expect(keysIn(recent, 'ab')).toBe('ab')
  recent.clear()
  expect(recent.size).toBe(0)
  recent.set('c', 'c', 10)
  expect(keysIn(recent, 'abc')).toBe('c')
})
