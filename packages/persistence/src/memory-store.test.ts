import { MemoryStore } from './memory-store.ts'
import { registerStoreContract } from './testing/index.ts'

registerStoreContract('MemoryStore', async (options) => {
  const store = new MemoryStore(options)
  return { store, dispose: () => store.close() }
})
