import { describe, expect, test } from 'vitest'
import { wrapText } from './wrap-text.ts'

/** Every character is one wide. */
const wrap = (text: string, at: number | null) => wrapText(text, at, (piece) => piece.length)

describe('wrapText', () => {
  test('breaks at newlines only, when there is no width', () => {
    expect(wrap('a long line\n\nand more', null)).toEqual(['a long line', '', 'and more'])
  })

  test('breaks after spaces', () => {
    expect(wrap('the quick brown fox', 9)).toEqual(['the quick', 'brown fox'])
  })

  test('spaces at the end of a line hang and never break it', () => {
    expect(wrap('four    five', 4)).toEqual(['four', 'five'])
    expect(wrap('four ', 4)).toEqual(['four '])
  })

  test('keeps empty lines and the newline at the end', () => {
    expect(wrap('a\n\nb\n', 10)).toEqual(['a', '', 'b', ''])
    expect(wrap('', 10)).toEqual([''])
  })

  test('breaks a word that is too long between its characters', () => {
    expect(wrap('hi incomprehensible', 6)).toEqual(['hi', 'incomp', 'rehens', 'ible'])
  })

  test('fills the line after a broken word', () => {
    expect(wrap('abcdefgh ij', 6)).toEqual(['abcdef', 'gh ij'])
  })

  test('never cuts a character in two, and takes at least one a line', () => {
    expect(wrap('👨‍👩‍👧👍🏽', 1)).toEqual(['👨‍👩‍👧', '👍🏽'])
  })

  test('breaks between CJK characters but not before closing punctuation', () => {
    expect(wrap('日本語の文章', 4)).toEqual(['日本語の', '文章'])
    expect(wrap('日本語。文章', 3)).toEqual(['日本', '語。文', '章'])
  })

  test('loses nothing but spaces and newlines, whatever the width', () => {
    const text = 'Kolam は a 広い board,\nwith supercalifragilistic words'
    for (let width = 1; width < 30; width++) {
      const lines = wrap(text, width)
      expect(lines.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''))
    }
  })
})
