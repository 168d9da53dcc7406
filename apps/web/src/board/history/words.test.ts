import { expect, test } from 'vitest'
import { HttpError } from '../../lib/http.ts'
import { timeText } from './days.ts'
import type { News, Point } from './points.ts'
import {
  bringBackText,
  broughtBackText,
  cannotOpenText,
  peopleText,
  pointDetail,
  pointInWords,
  pointLabel,
  pointTitle,
  propsText,
  shapeText,
  sinceText,
  troubleText,
  whyNoReturn,
} from './words.ts'

const AT = new Date(2026, 10, 15, 14, 32).getTime()
const NOW = AT + 60_000
const point: Point = {
  number: 1,
  at: AT,
  kind: 'automatic',
  name: '',
  author: '',
  authors: ['Ada', 'Grace'],
  damaged: false,
}
const named: Point = { ...point, kind: 'named', name: 'Plan' }
const before: Point = { ...point, kind: 'before-restore', author: 'Ada', authors: [] }

test('a point by itself, with a name, and before going back', () => {
  expect(pointTitle(point)).toBe(timeText(AT))
  expect(pointDetail(point)).toEqual({ text: 'Ada, Grace', more: 0 })
  expect(pointTitle(named)).toBe('Plan')
  expect(pointDetail(named).text).toBe('14:32 · Ada, Grace')
  expect(pointTitle(before)).toBe('Before going back')
  expect(pointDetail(before).text).toBe('14:32 · Ada')
  const many = { ...point, authors: ['Ada', 'Grace', 'Linus', 'Mary', ''] }
  expect(pointDetail(many)).toEqual({ text: 'Ada, Grace, Linus', more: 2 })
})

test('a damaged point says that it cannot be opened', () => {
  expect(pointDetail({ ...point, damaged: true }).text).toContain('cannot be opened')
  expect(pointLabel({ ...named, damaged: true }, NOW)).toMatch(/^Plan, 14:32 today\. .*cannot be/)
})

test('a point for a screen reader and inside a sentence', () => {
  expect(pointLabel(point, NOW)).toBe('14:32 today, by Ada, Grace')
  expect(pointLabel(named, NOW)).toBe('Plan, 14:32 today, by Ada, Grace')
  expect(pointInWords(point, NOW)).toBe('14:32 today')
  expect(pointInWords(named, NOW)).toBe('14:32 today, “Plan”')
  expect(pointInWords({ ...named, name: 'خطة' }, NOW)).toBe('14:32 today, “\u2068خطة\u2069”')
})

test.each([
  [[], 'Somebody'],
  [['', 'Ada', ''], 'Somebody, Ada'],
  [['Ada', 'Grace', 'Linus'], 'Ada, Grace, Linus'],
  [['Ada', 'Grace', 'Linus', 'Mary', 'Jo'], 'Ada, Grace, Linus and 2 more'],
])('people %j', (names, words) => {
  expect(peopleText(names)).toBe(words)
})

test('how much changed', () => {
  const none = { from: 3, title: null, counts: { added: 0, changed: 0, removed: 0 } } as News
  const some = { ...none, counts: { added: 3, changed: 8, removed: 1 } }
  expect(sinceText(some, 'before')).toBe('12 changes since the version before')
  expect(sinceText({ ...some, from: 0 }, 'before')).toBe('12 changes since the beginning')
  expect(sinceText(some, 'now')).toBe('12 changes since then')
  expect(sinceText(none, 'before')).toBe('No changes since the version before')
  expect(sinceText(none, 'now')).toBe('Nothing has changed since then')
  const title = { before: 'A', after: 'B' }
  expect(sinceText({ ...none, title }, 'before')).toBe('1 change since the version before')
})

test('what comes back', () => {
  expect([1, 3].map(bringBackText)).toEqual(['Bring back 1 shape', 'Bring back 3 shapes'])
  expect(broughtBackText(null, AT, NOW)).toBe('The board is as it was at 14:32 today')
  expect(broughtBackText(1, AT, NOW)).toBe('1 shape is as at 14:32 today')
  expect(broughtBackText(3, AT, NOW)).toBe('3 shapes are as at 14:32 today')
})

test('a shape and what of it changed', () => {
  const shape = { id: 'a', authors: [], props: [] }
  expect(shapeText({ ...shape, kind: 'rectangle', text: 'Plan' })).toBe('Rectangle “Plan”')
  expect(shapeText({ ...shape, kind: 'draw', text: '' })).toBe('Drawing')
  expect(propsText(['fill', 'parent', 'position', 'stroke', 'text'])).toBe('style, moved, text')
})

test('trouble is a sentence, whatever failed', () => {
  expect(troubleText(new HttpError('unreachable', ''))).toBe('The server does not answer.')
  expect(troubleText(new HttpError('500', 'It broke'))).toBe('It broke.')
  expect(troubleText(new TypeError('x'))).toBe('The server’s answer was not understood.')
  expect(cannotOpenText(new HttpError('not-found', 'x'))).toContain('not kept any more')
  expect(cannotOpenText(new HttpError('damaged', 'x'))).toContain('damaged')
  expect(cannotOpenText(new HttpError('unreachable', ''))).toContain('does not answer')
  expect(cannotOpenText(new RangeError('decoding'))).toBe('This version cannot be read here.')
})

test('why nothing can be brought back', () => {
  expect(whyNoReturn({ readOnly: false, live: true })).toBe('')
  expect(whyNoReturn({ readOnly: true, live: true })).toContain('only be read')
  expect(whyNoReturn({ readOnly: false, live: false })).toContain('Without the server')
})
