import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { States } from './states.ts'

function bytesOf(value: string): Uint8Array {
  const doc = new Y.Doc()
  doc.getMap('meta').set('title', value)
  return Y.encodeStateAsUpdate(doc)
}

const { signal } = new AbortController()

test('a state is fetched once, and what was not used for long is fetched again', async () => {
  const asked: number[] = []
  const states = new States({
    state: async (number) => {
      asked.push(number)
      return bytesOf(String(number))
    },
  })
  const first = await states.get(1, signal)
  expect(first.getMap('meta').get('title')).toBe('1')
  expect(await states.get(1, signal)).toBe(first)
  for (let number = 2; number < 12; number++) await states.get(number, signal)
  await states.get(1, signal)
  expect(asked).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1])
})

test('what cannot be read is thrown and not kept', async () => {
  let bytes = Uint8Array.of(255, 255, 255)
  const states = new States({ state: async () => bytes })
  await expect(states.get(1, signal)).rejects.toBeInstanceOf(Error)
  bytes = new Uint8Array(bytesOf('later'))
  expect((await states.get(1, signal)).getMap('meta').get('title')).toBe('later')
})

test('nobody waits for a state that came too late', async () => {
  const abort = new AbortController()
  const states = new States({
    state: async () => {
      abort.abort()
      return bytesOf('x')
    },
  })
  await expect(states.get(1, abort.signal)).rejects.toThrow(/abort/i)
})
