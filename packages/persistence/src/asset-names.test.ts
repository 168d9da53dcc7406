import { seededRandom } from '@kolam/base'
import { expect, test } from 'vitest'
import { ANY_ASSET, assetNamesIn } from './asset-names.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 1e6)
const A = 'a1'.repeat(32)
const B = '0f'.repeat(32)

function namesIn(text: string): string[] {
  return [...assetNamesIn(Buffer.from(text, 'latin1'))].sort()
}

test('names are found wherever they stand', () => {
  for (let before = 0; before < 200; before++) {
    const text = `${'"'.repeat(before)}${A}${'ÿ'.repeat(before % 7)}-${B}`
    expect(namesIn(text), `${before} bytes before`).toEqual([B, A])
  }
})

test('what is shorter, in capitals or of other letters is no name', () => {
  expect(namesIn(A.slice(1))).toEqual([])
  expect(namesIn(`${'x'.repeat(40)}${A.toUpperCase()}`)).toEqual([])
  expect(namesIn(`${A.slice(0, 32)}g${A.slice(0, 32)}`)).toEqual([])
  expect(namesIn('')).toEqual([])
})

test('of a longer row of digits the first and the last 64 are taken', () => {
  const row = `${A}${B}${'c'.repeat(100)}`
  expect(namesIn(`"${row}"`)).toEqual([A, 'c'.repeat(64)].sort())
})

test('more names than somebody wants to keep stand for every asset', () => {
  const bytes = Buffer.from(`${A}-${B}`)
  expect([...assetNamesIn(bytes, 2)]).toEqual([A, B])
  expect([...assetNamesIn(bytes, 1)]).toEqual([ANY_ASSET])
})

test(`nothing is missed and nothing made up (SEED=${seed})`, () => {
  const random = seededRandom(seed)
  const letters = '0123456789abcdef"-zA'
  for (let round = 0; round < 300; round++) {
    const text = Array.from({ length: 20 }, () => {
      const length = Math.floor(random() * 90)
      const bound = random() < 0.7 ? 16 : letters.length
      return Array.from({ length }, () => letters[Math.floor(random() * bound)]).join('')
    }).join('-')
    const rows = text.match(/[0-9a-f]{64,}/g) ?? []
    const expected = new Set(rows.flatMap((row) => [row.slice(0, 64), row.slice(-64)]))
    expect(namesIn(text), `in ${text}`).toEqual([...expected].sort())
  }
})
