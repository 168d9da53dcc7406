/** Which assets documents name, as the port keeps it: found in the bytes of every update, whatever they mean. */

/** What a document names, read at one moment. */
export interface DocumentAssets {
  readonly assets: ReadonlySet<string>
  /** The number of its last update at that moment. */
  readonly seq: number
}

/** References from documents to assets; never fewer than there are. Those of documents in the trash count. */
export interface AssetReferences {
  /** How many documents name each asset; `ANY_ASSET` where one may name all. */
  count(): Promise<Map<string, number>>
  /** The documents that name any. */
  documents(): Promise<string[]>
  /** Forgets what a document named besides these; nothing where something came since they were read. */
  keepOnly(id: string, named: DocumentAssets): Promise<void>
}
