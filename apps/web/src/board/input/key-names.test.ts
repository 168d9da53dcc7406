import { expect, test } from 'vitest'
import { keyNames } from './key-names.ts'

test.each([
  ['v', ['V']],
  ['shift+1', ['⇧', '1']],
  ['mod+shift+z', ['Ctrl', '⇧', 'Z']],
  ['mod++', ['Ctrl', '+']],
  ['Escape', ['Esc']],
  ['alt+]', ['Alt', ']']],
])('keyNames(%j)', (combination, names) => {
  expect(keyNames(combination)).toEqual(names)
})
