import { MemoryStore } from './memory-store.ts'
import { registerStoreContract } from './testing/index.ts'

registerStoreContract('MemoryStore', async () => {
  const store = new MemoryStore()
  return { store, dispose: () => store.close() }
})
