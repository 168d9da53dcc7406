/** A store whose code comes later: what is asked of it meanwhile waits. */

import { OfflineError } from './error.ts'
import type { KeptDocument, OfflineStore, Opened, Write } from './store.ts'

/** Loads the store when it is first needed, and again when that failed. */
export class LazyStore implements OfflineStore {
  readonly #load: () => Promise<OfflineStore>
  #loaded: Promise<OfflineStore> | null = null

  constructor(load: () => Promise<OfflineStore>) {
    this.#load = load
  }

  open(document: string): Promise<Opened> {
    return this.#use((store) => store.open(document))
  }

  write(step: Write): Promise<number | null> {
    return this.#use((store) => store.write(step))
  }

  wipe(document: string): Promise<void> {
    return this.#use((store) => store.wipe(document))
  }

  wipeIfSaved(document: string): Promise<boolean> {
    return this.#use((store) => store.wipeIfSaved(document))
  }

  wipeAll(): Promise<void> {
    return this.#use((store) => store.wipeAll())
  }

  list(): Promise<KeptDocument[]> {
    return this.#use((store) => store.list())
  }

  close(): void {
    void this.#loaded?.then((store) => store.close()).catch(() => undefined)
  }

  async #use<T>(run: (store: OfflineStore) => Promise<T>): Promise<T> {
    this.#loaded ??= this.#load()
    const store = await this.#loaded.catch((cause: unknown) => {
      this.#loaded = null
      throw new OfflineError('failed', cause)
    })
    return run(store)
  }
}
