import { expect, test } from 'vitest'
import { storeContract } from '../testing/store-contract.ts'
import { LazyStore } from './lazy-store.ts'
import { MemoryStore } from './memory-store.ts'

storeContract('memory', () => new MemoryStore())
storeContract('lazy', () => new LazyStore(() => Promise.resolve(new MemoryStore())))

test('[O5] a store whose code cannot be fetched has failed, and is fetched again', async () => {
  let isThere = false
  const store = new LazyStore(() =>
    isThere ? Promise.resolve(new MemoryStore()) : Promise.reject(new Error('No network')),
  )
  await expect(store.list()).rejects.toMatchObject({ fault: 'failed' })
  isThere = true
  expect(await store.list()).toEqual([])
})
