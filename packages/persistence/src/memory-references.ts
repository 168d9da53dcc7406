/** References from documents to assets in memory. */
import { assetNamesIn } from './asset-names.ts'
import type { AssetReferences, DocumentAssets } from './asset-references.ts'
import { UPDATE_ASSETS_MAX } from './store.ts'

/** What the references need of the store. */
export interface ReferencesPorts {
  /** Refuses everything once the store is closed. */
  checkOpen(): void
  /** The number of a document's last update; 0 for none. */
  seqOf(id: string): number
}

export class MemoryReferences implements AssetReferences {
  readonly #ports: ReferencesPorts
  readonly #named = new Map<string, Set<string>>()

  constructor(ports: ReferencesPorts) {
    this.#ports = ports
  }

  /** An update came. */
  take(id: string, update: Uint8Array): void {
    const names = assetNamesIn(update, UPDATE_ASSETS_MAX)
    if (names.size > 0) this.#named.set(id, new Set([...(this.#named.get(id) ?? []), ...names]))
  }

  /** A document is gone for good. */
  remove(id: string): void {
    this.#named.delete(id)
  }

  async count(): Promise<Map<string, number>> {
    this.#ports.checkOpen()
    const counts = new Map<string, number>()
    for (const names of this.#named.values()) {
      for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
    }
    return counts
  }

  async documents(): Promise<string[]> {
    this.#ports.checkOpen()
    return [...this.#named.keys()]
  }

  async keepOnly(id: string, { assets, seq }: DocumentAssets): Promise<void> {
    this.#ports.checkOpen()
    if (this.#ports.seqOf(id) !== seq) return
    const kept = [...(this.#named.get(id) ?? [])].filter((name) => assets.has(name))
    if (kept.length > 0) this.#named.set(id, new Set(kept))
    else this.#named.delete(id)
  }
}
