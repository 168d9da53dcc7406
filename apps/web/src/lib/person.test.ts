import { seededRandom } from '@kolam/base'
import { expect, test } from 'vitest'
import {
  cleanName,
  initials,
  isColor,
  NAME_MAX,
  PERSON_COLORS,
  randomPerson,
  readPerson,
} from './person.ts'

test('randomPerson() gives a person that readPerson() takes unchanged', () => {
  for (let seed = 1; seed <= 50; seed++) {
    const person = randomPerson(seededRandom(seed))
    expect(readPerson(person)).toEqual(person)
  }
})

test('cleanName() gives one bounded line without controls', () => {
  expect(cleanName('  Ada\n\tLovelace \u0000\u202e ')).toBe('Ada Lovelace')
  expect(cleanName('x'.repeat(1000))).toHaveLength(NAME_MAX)
  expect(cleanName('🪷'.repeat(100))).toBe('🪷'.repeat(NAME_MAX))
  expect(cleanName('\u200b\u200d')).toBe('')
})

test.each(['#6246ea', '#ABCDEF'])('isColor() takes %s', (color) => {
  expect(isColor(color)).toBe(true)
})

test.each(['red', '#fff', '#6246ea;background:url(x)', '#6246ea\n', 'url(//x)', '', null, 7])(
  'isColor() refuses %j',
  (color) => {
    expect(isColor(color)).toBe(false)
  },
)

test('readPerson() refuses what is not a person and names the nameless', () => {
  for (const bad of [null, 1, 'x', {}, { name: 'Ada' }, { name: 1, color: '#123456' }]) {
    expect(readPerson(bad)).toBeNull()
  }
  expect(readPerson({ name: ' \n', color: '#123456' })).toEqual({
    name: 'Somebody',
    color: '#123456',
  })
})

test('initials() takes the first letters of the first and the last word', () => {
  expect(initials('Calm Heron')).toBe('CH')
  expect(initials('ada')).toBe('A')
  expect(initials('Ada King Lovelace')).toBe('AL')
  expect(initials('')).toBe('?')
})

test('every colour of a person carries white text', () => {
  for (const color of PERSON_COLORS) expect(contrastWithWhite(color)).toBeGreaterThanOrEqual(4.5)
})

function contrastWithWhite(color: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 1.05 / (0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0) + 0.05)
}
