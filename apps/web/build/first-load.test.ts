import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { firstLoadBytes, type Chunk } from './first-load.ts'

const PAGE = '/src/board/BoardPage.svelte'

function chunk(code: string, parts: Partial<Chunk> = {}): Chunk {
  return { code, isEntry: false, imports: [], moduleIds: [], ...parts }
}

const chunks = new Map([
  ['entry', chunk('entry();', { isEntry: true, imports: ['shared'] })],
  ['page', chunk('page();', { imports: ['shared', 'deep'], moduleIds: [`/somewhere${PAGE}`] })],
  ['shared', chunk('shared();', { imports: ['deep'] })],
  ['deep', chunk('deep();', { imports: ['entry'] })],
  ['later', chunk('later();'.repeat(100))],
])

test('counts the entry, the page and what they import, each once, and nothing loaded later', () => {
  const needed = ['entry();', 'page();', 'shared();', 'deep();']
  const bytes = needed.reduce((sum, code) => sum + gzipSync(code).length, 0)
  expect(firstLoadBytes(chunks, PAGE)).toBe(bytes)
})

test('a page that is in no chunk is an error, not a small page', () => {
  expect(() => firstLoadBytes(chunks, '/src/Missing.svelte')).toThrow('No chunk holds')
})
