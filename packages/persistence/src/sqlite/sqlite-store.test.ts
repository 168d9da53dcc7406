import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { registerStoreContract } from '../testing/index.ts'
import { openSqliteStore } from './index.ts'

registerStoreContract('SQLite store', async (options) => {
  const folder = await mkdtemp(join(tmpdir(), 'kolam-store-'))
  const stores = [await openSqliteStore({ folder, ...options })]
  return {
    store: stores[0]!,
    reopen: async () => {
      await stores.at(-1)!.close()
      stores.push(await openSqliteStore({ folder, ...options }))
      return stores.at(-1)!
    },
    dispose: async () => {
      await Promise.all(stores.map((store) => store.close()))
      await rm(folder, { recursive: true })
    },
  }
})
