import { TOOL_ORDER } from '@kolam/editor'
import { expect, test } from 'vitest'
import { drawnBy, isUnstyled, showsRow, type StyleSubject } from './shown.ts'

function subject(kinds: StyleSubject['kinds'], lettered = false): StyleSubject {
  return { kinds, lettered }
}

test('groups and foreign shapes have no style of their own', () => {
  expect(isUnstyled(subject(['group', 'foreign']))).toBe(true)
  expect(isUnstyled(subject([]))).toBe(true)
  expect(isUnstyled(subject(['group', 'arrow']))).toBe(false)
})

test('only what draws has a style before anything is drawn', () => {
  const without = TOOL_ORDER.filter((tool) => isUnstyled(subject(drawnBy(tool))))
  expect(without).toEqual(['select', 'hand', 'eraser'])
})

test('a row is shown when it says something about any of the kinds', () => {
  const both = subject(['rectangle', 'arrow'])
  expect(showsRow('fill', both)).toBe(true)
  expect(showsRow('endHead', both)).toBe(true)
  expect(showsRow('endHead', subject(['rectangle']))).toBe(false)
  expect(showsRow('fill', subject(['text']))).toBe(false)
})

test('letters are shown for texts and for labels', () => {
  expect(showsRow('font', subject(['text']))).toBe(true)
  expect(showsRow('font', subject(['rectangle']))).toBe(false)
  expect(showsRow('font', subject(['rectangle'], true))).toBe(true)
})
