import { expect, test } from 'vitest'
import { type MergeName, mergeWith } from './choice.ts'

const SMALL = [new Uint8Array(10), new Uint8Array(10)]
const LARGE = [new Uint8Array(2 * 1024 * 1024)]

/** Which ways were tried; `fails` throws. */
function tried(fails: MergeName | null): {
  names: MergeName[]
  merge: ReturnType<typeof mergeWith>
} {
  const names: MergeName[] = []
  const merge = mergeWith((name, updates) => {
    names.push(name)
    if (name === fails) throw new TypeError('Yjs does not get over it')
    return updates[0]!
  })
  return { names, merge }
}

test('a small document is merged thoroughly, a large one now and then, a tail never', async () => {
  const { names, merge } = tried(null)
  await merge(SMALL, 'document')
  await merge(SMALL, 'tail')
  for (let i = 0; i < 8; i++) await merge(LARGE, 'document')
  expect(names).toEqual([
    'mergeThoroughly',
    ...Array.from({ length: 8 }, () => 'merge'),
    'mergeThoroughly',
  ])
})

test('[R3] what breaks the thorough way is put together in the simple one', async () => {
  const { names, merge } = tried('mergeThoroughly')
  expect(await merge(SMALL, 'document')).toBe(SMALL[0])
  expect(names).toEqual(['mergeThoroughly', 'merge'])
})

test('what breaks the simple way is told', async () => {
  const { merge } = tried('merge')
  await expect(merge(SMALL, 'tail')).rejects.toThrow(TypeError)
})
