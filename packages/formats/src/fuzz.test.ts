/**
 * Files that somebody damaged: whatever the damage, reading gives a scene fit to insert or one
 * sentence. Replay one failure with `SEED=17 pnpm test packages/formats`.
 */
import { seededRandom, type Random } from '@kolam/base'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readExcalidraw } from './read-excalidraw.ts'
import { faultsOf } from './testing/check.ts'

const FILES = [
  'rich.excalidraw',
  'legacy.excalidraw',
  'broken.excalidraw',
  'library-2.excalidrawlib',
]
const texts = FILES.map((name) =>
  readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8'),
)

const given = process.env['SEED']
const seeds = given ? [Number(given)] : Array.from({ length: 300 }, (_, i) => i)

const NONSENSE: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  1e308,
  -1e308,
  0.1,
  'x',
  '',
  [],
  {},
  [[]],
  [null, null],
  { type: 'text', id: 'box' },
  'arrow',
  'frame',
  'text',
  'freedraw',
  'kitchen',
]

function pick<T>(values: readonly T[], random: Random): T {
  return values[Math.floor(random() * values.length)]!
}

/** A copy in which some values are replaced, doubled or left out. */
function damaged(value: unknown, random: Random): unknown {
  if (random() < 0.01) return pick(NONSENSE, random)
  if (Array.isArray(value)) {
    return value.flatMap((entry): unknown[] => {
      const chance = random()
      const copy = damaged(entry, random)
      return chance < 0.01 ? [] : chance < 0.02 ? [copy, copy] : [copy]
    })
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(() => random() > 0.01)
      .map(([key, entry]) => [key, damaged(entry, random)]),
  )
}

function verdict(text: string): string[] {
  const result = readExcalidraw(text, { random: seededRandom(1) })
  if (result.ok) return faultsOf(result.scene)
  return /^[A-Z][^\n]*\.$/.test(result.message) ? [] : [`no sentence: ${result.message}`]
}

describe('damaged files', () => {
  test.each(seeds)('values replaced (seed %i)', (seed) => {
    const random = seededRandom(seed)
    const file = damaged(JSON.parse(pick(texts, random)), random)
    expect(verdict(JSON.stringify(file))).toEqual([])
  })

  test.each(seeds.slice(0, 60))('text cut or overwritten (seed %i)', (seed) => {
    const random = seededRandom(seed)
    const text = pick(texts, random)
    const from = Math.floor(random() * text.length)
    const size = Math.floor(random() * 20)
    const patch = String(pick(NONSENSE, random))
    expect(verdict(text.slice(0, from))).toEqual([])
    expect(verdict(text.slice(0, from) + patch + text.slice(from + size))).toEqual([])
  })
})
